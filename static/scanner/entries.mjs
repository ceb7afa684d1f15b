/**
 * This phone's own entries of today: how many it let in, and who, so that it can say “already in” by itself.
 * Today is the phone's own day, as their times are the phone's.
 */
import { dayOf } from './clock.mjs'

export class Entries {
  #store
  #clock
  #known = new Map()

  constructor(store, clock) {
    this.#store = store
    this.#clock = clock
  }

  /** Read what was kept; what is not of today goes. */
  async load() {
    const today = dayOf(this.#clock.phone())
    const old = []
    for (const entry of await this.#store.entries()) {
      if (dayOf(entry.at) === today) this.#known.set(entry.id, entry)
      else old.push(entry.id)
    }
    await this.#store.forgetEntries(old)
  }

  /** The entries that were let in by one of these codes (a Set), earliest first. */
  letIn(codes) {
    return [...this.#known.values()].filter((entry) => codes.has(entry.typed) && entry.isLetIn).sort((a, b) => (a.at < b.at ? -1 : 1))
  }

  async keep(entry) {
    this.#known.set(entry.id, entry)
    await this.#store.keepEntry(entry).catch(() => {})
  }

  /** The server has answered later: what it says holds. Returns the entry with `wasLetIn` where the outcome changed, else null. */
  async correct(id, outcome) {
    const entry = this.#known.get(id)
    if (!entry || entry.outcome === outcome) return null
    const corrected = { ...entry, outcome, isLetIn: outcome === 'admitted' }
    await this.keep(corrected)
    return { ...corrected, wasLetIn: entry.isLetIn }
  }

  /** How many this phone let in today at a place. */
  admittedAt(slot) {
    return [...this.#known.values()].filter((entry) => entry.slot === slot && entry.isLetIn).length
  }
}
