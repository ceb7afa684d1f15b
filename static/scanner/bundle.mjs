/** What the server tells a device: keys, slots, roster, revoked passes. Kept in memory only: no names lie on the phone's disk. */
import { dayOf } from './clock.mjs'
import { fold, matches } from './folding.mjs'
import { readTyped, typedOf } from './typed.mjs'

export class Bundle {
  keys = new Map()
  /** The slots of this device's place. */
  slots = new Map()
  /** Those, and slots elsewhere that people may be sent to. */
  named = new Map()
  device = {}
  heardAt = null
  #people = new Map()
  #revoked = new Set()
  #cursor = null

  get cursor() {
    return this.#cursor
  }

  /** Take an answer of /devices/me/bundle; `at` is when it came. What it names replaces what was known under that id. */
  take(answer, at) {
    for (const key of answer.keys ?? []) this.keys.set(key.id, { event: key.event, publicKey: bytesOf(key.public_key) })
    for (const slot of answer.slots ?? []) this.slots.set(slot.id, slot)
    for (const slot of [...(answer.elsewhere ?? []), ...(answer.slots ?? [])]) this.named.set(slot.id, slot)
    for (const person of answer.roster ?? []) this.#set(person)
    for (const code of answer.revoked ?? []) this.#revoked.add(typedKey(code))
    this.device = answer.device ?? this.device
    this.#cursor = answer.cursor ?? this.#cursor
    this.heardAt = at
  }

  /** Add or replace one person, as /passes/{code} tells them; `typed` is the code that was asked for, which may be another one of theirs. */
  takePass(pass, typed = typedKey(pass.code)) {
    this.#set({ ...this.person(typedKey(pass.code)), ...pass })
    this.#people.set(typed, this.person(typedKey(pass.code)))
  }

  /** A person is known by the code of their pass and by those of passes that were merged into it (`also`). */
  #set(person) {
    for (const code of [person.code, ...(person.also ?? [])]) this.#people.set(typedKey(code), person)
  }

  /** All codes of the person of one, that one among them. */
  codesOf(typed) {
    const { code, also = [] } = this.person(typed) ?? {}
    return new Set([typed, ...[code, ...also].filter(Boolean).map(typedKey)])
  }

  /** The person of a pass by the 8 characters of its typed code, or undefined. */
  person(typed) {
    return this.#people.get(typed)
  }

  isRevoked(typed) {
    return this.#revoked.has(typed)
  }

  /** What the outcome rules ask of a pass. */
  standings(typed) {
    const registrations = new Map()
    for (const { slot, status } of this.#people.get(typed)?.registrations ?? []) registrations.set(slot, [...(registrations.get(slot) ?? []), status])
    return new Map([[typed, { isRevoked: this.isRevoked(typed), registrations }]])
  }

  /** What the outcome rules ask of the slots. */
  doors() {
    return new Map(
      [...this.named].map(([id, { admission, start, end }]) => [
        id,
        { isOpen: admission === 'open', startsAt: Date.parse(start), endsAt: Date.parse(end), day: dayOf(start) },
      ]),
    )
  }

  get size() {
    return new Set(this.#people.values()).size
  }

  /** Up to `limit` people whose name matches: those who are called so first (Hoà before Hoàng), then by given name. */
  search(query, limit = 20) {
    const found = []
    if (query.trim().length < 2) return found
    for (const person of new Set(this.#people.values())) {
      if (person.name && matches(query, person.name)) found.push(person)
    }
    const rank = new Map(found.map((person) => [person, nearness(query, person.name)]))
    return found.sort((a, b) => rank.get(a) - rank.get(b) || byGivenName(a, b)).slice(0, limit)
  }
}

/** The 8 characters of a code, whether it comes as 16 hex digits or as people type it. */
export function typedKey(code) {
  return /^[0-9a-f]{16}$/.test(code) ? typedOf(code) : readTyped(code)
}

/** 0 where a name ends in the words of the query, 1 where it has them whole, 2 where they only begin words of it. */
function nearness(query, name) {
  const [wanted, words] = [fold(query), fold(name)]
  if (` ${words}`.endsWith(` ${wanted}`)) return 0
  return wanted.split(' ').every((word) => words.split(' ').includes(word)) ? 1 : 2
}

const ORDER = new Intl.Collator('vi')
function byGivenName(a, b) {
  const turned = (name) => name.split(' ').reverse().join(' ')
  return ORDER.compare(turned(a.name), turned(b.name)) || (a.birth_year ?? 0) - (b.birth_year ?? 0)
}

function bytesOf(base64url) {
  const base64 = base64url.replace(/-/g, '+').replace(/_/g, '/')
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
