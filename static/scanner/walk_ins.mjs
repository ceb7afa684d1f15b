/** Somebody who comes without a pass: a name is enough. */
import { Refused, Unreachable } from './api.mjs'
import { typedKey } from './bundle.mjs'

const OLDEST = 120

/** Read the form. Returns {person} or {errors: {field: sentence key}}. `year` is the year of the event. */
export function readForm(values, year) {
  const errors = {}
  const name = values.name.normalize('NFC').replace(/\s+/g, ' ').trim()
  const birthYear = values.birth_year.trim()
  const phone = values.phone.replace(/[\s.\-()]/g, '')
  if (!/\p{L}/u.test(name) || name.length > 120) errors.name = 'error_name'
  if (birthYear && !(/^\d{4}$/.test(birthYear) && year - birthYear >= 0 && year - birthYear <= OLDEST)) errors.birth_year = 'error_birth_year'
  if (phone && !/^(\+84|0)\d{9}$/.test(phone)) errors.phone = 'error_phone'
  if (Object.keys(errors).length) return { errors }
  const person = { name }
  if (birthYear) person.birth_year = Number(birthYear)
  if (phone) person.phone = phone
  for (const field of ['gender', 'hamlet']) if (values[field]) person[field] = values[field].trim()
  return { person }
}

export class WalkIns {
  #outbox
  #entries
  #clock
  #newId
  #bundle

  constructor({ outbox, entries, clock, newId, bundle }) {
    this.#outbox = outbox
    this.#entries = entries
    this.#clock = clock
    this.#newId = newId
    this.#bundle = bundle
  }

  /** Register and let in. Returns an answer with `walkIn`: admitted, full, invalid, or kept where nobody answers and a seat is needed. */
  async add(person, here) {
    const at = this.#clock.iso()
    const checkin = this.#newId()
    const record = { id: this.#newId(), type: 'walk_in', body: { ...person, pass_id: this.#newId(), checkin: { id: checkin }, slot: here, at } }
    const kept = await this.#outbox.add(record)
    const answer = { walkIn: true, person, here, fact: record.id, ...(await this.#ask(kept, here)) }
    if (answer.outcome === 'admitted') {
      const typed = answer.code ? typedKey(answer.code) : null
      await this.#entries.keep({ id: checkin, typed, slot: here, at, outcome: 'admitted', isLetIn: true })
    }
    return answer
  }

  async #ask(record, here) {
    try {
      const result = await this.#outbox.deliver(record)
      if (result) return this.#heard(result, record.body)
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refused)) throw error
    }
    const needsSeat = here !== null && this.#bundle.slots.get(here)?.admission !== 'open'
    return { by: 'phone', outcome: needsSeat ? 'kept' : 'admitted' }
  }

  #heard({ outcome, pass, detail }, { name, birth_year, slot }) {
    if (pass) {
      const registrations = slot && outcome === 'admitted' ? [{ slot, status: 'confirmed' }] : []
      this.#bundle.takePass({ id: pass.id, code: pass.code, name, birth_year, registrations })
    }
    return { by: 'server', outcome, code: pass?.code, detail }
  }
}
