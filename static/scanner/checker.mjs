/**
 * From a text to an answer: read the pass, keep the fact, ask the server, and where it is silent settle by what the phone knows.
 * An answer is {outcome, by: server|phone, verdict?, typed?, person?, slot?, at?, device?, early?, late?, detail?, fact, here,
 * spare?}: spare is the token of a pre-printed pass that nobody has yet.
 */
import { Refused, Unreachable } from './api.mjs'
import { typedKey } from './bundle.mjs'
import { dayOf } from './clock.mjs'
import { keyOf, settle } from './outcomes.mjs'
import { read } from './passes.mjs'
import { formatTyped, readTyped, typedOf } from './typed.mjs'

const READABLE = new Set(['valid', 'unknown_key', 'unknown_format'])

export class Checker {
  #bundle
  #outbox
  #entries
  #verify
  #clock
  #newId
  #refresh
  /** `here` is the slot's id, or null for the gate. */
  here = null

  constructor({ bundle, outbox, entries, verify, clock, newId, refresh }) {
    this.#bundle = bundle
    this.#outbox = outbox
    this.#entries = entries
    this.#verify = verify
    this.#clock = clock
    this.#newId = newId
    this.#refresh = refresh
  }

  /** A QR, by the camera or by a hand scanner. What is not ours is told and neither kept nor sent: it may be somebody's card. */
  async scan(text) {
    let pass = await this.#read(text)
    if (pass.verdict === 'unknown_key') {
      await this.#refresh().catch(() => {})
      pass = await this.#read(text)
    }
    if (!READABLE.has(pass.verdict)) return { outcome: 'invalid', by: 'phone', verdict: pass.verdict, here: this.here }
    const answer = await this.#check({ pass: pass.token, by: 'scan' }, pass.verdict === 'valid' ? typedOf(pass.code) : null, pass.verdict)
    return answer.outcome === 'unknown' && pass.kind === 'spare' && pass.verdict === 'valid' ? { ...answer, spare: pass.token } : answer
  }

  /** A typed code; null where it is mistyped, so that nothing is asked or kept. */
  async type(text) {
    const typed = readTyped(text)
    return typed && this.#check({ pass: formatTyped(typed), by: 'typed' }, typed, this.#bundle.person(typed) ? 'valid' : 'unknown_code')
  }

  /** Somebody chosen from the list. */
  choose(person) {
    return this.#check({ pass: person.code, by: 'search' }, typedKey(person.code), 'valid')
  }

  #read(text) {
    return read(text, this.#bundle.keys, this.#bundle.device.event, this.#verify)
  }

  async #check({ pass, by }, typed, verdict) {
    const body = { pass, slot: this.here, at: this.#clock.iso(), kind: 'entry', by }
    const fact = { id: this.#newId(), type: 'checkin', body }
    const kept = await this.#outbox.add(fact).catch(() => ({ ...fact, sequence: 0, lost: true }))
    const answer = this.#timed(await this.#ask(kept, typed, verdict))
    if (typed) await this.#entries.keep({ id: fact.id, typed, slot: this.here, at: body.at, outcome: answer.outcome, isLetIn: isLetIn(answer) })
    return { ...answer, typed, person: typed && this.#bundle.person(typed), fact: fact.id, here: this.here, isKept: !kept.lost }
  }

  /** A time that this phone noted is shown as its clock is known now. */
  #timed(answer) {
    const isOwn = answer.at && (answer.by === 'phone' || answer.device === this.#bundle.device.id)
    return isOwn ? { ...answer, at: this.#clock.shown(answer.at) } : answer
  }

  async #ask(record, typed, verdict) {
    try {
      const result = await this.#outbox.deliver(record)
      if (result) return { ...result, by: 'server' }
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refused)) throw error
    }
    return { ...this.#settleHere(record, typed, verdict), verdict, by: 'phone' }
  }

  #settleHere(record, typed, verdict) {
    const mine = factOf(record.body, record.id, typed)
    const others = this.#entries.letIn(this.#bundle.codesOf(typed)).map((entry) => factOf(entry, entry.id, typed))
    const before = others.find((other) => other.slot === mine.slot && other.day === mine.day)
    if (this.#bundle.isRevoked(typed)) return { outcome: 'revoked' }
    if (before) return { outcome: 'already_admitted', at: before.at }
    if (verdict !== 'valid' || !this.#bundle.person(typed)) return { outcome: 'unknown' }
    return settle([...others, mine], this.#bundle.standings(typed), this.#bundle.doors()).get(keyOf(mine))
  }
}

function factOf({ slot, at }, id, typed) {
  return { device: '', id, kind: 'entry', pass: typed, commune: '', slot, at: Date.parse(at), day: dayOf(at) }
}

/** A genuine pass that is not in the list is let in too: it may be younger than the list. */
function isLetIn({ outcome, by, verdict }) {
  return outcome === 'admitted' || (outcome === 'unknown' && by === 'phone' && verdict === 'valid')
}
