/** What the tests of the scanner share: cases, a store in memory, a network of functions. */
import { readFileSync } from 'node:fs'

export const read = (path) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'))

/** A store that keeps what it is given, in order of id, as IndexedDB does. */
export class MemoryStore {
  records = new Map()
  kept = new Map()
  sequence = 0
  async add(record) {
    const numbered = { ...record, sequence: ++this.sequence }
    this.records.set(record.id, numbered)
    return numbered
  }
  async waiting() {
    return [...this.records.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  }
  async count() {
    return this.records.size
  }
  async remove(ids) {
    for (const id of ids) this.records.delete(id)
  }
  async entries() {
    return [...this.kept.values()]
  }
  async keepEntry(entry) {
    this.kept.set(entry.id, entry)
  }
  async forgetEntries(ids) {
    for (const id of ids) this.kept.delete(id)
  }
}

export const checkin = (id) => ({ id, type: 'checkin', body: { pass: 'DME-4NT-1RW' } })

/** Sentences that say their own key and facts, so that tests do not depend on wording. */
export const t = (key, facts) => (facts ? `${key}(${Object.values(facts).join(', ')})` : key)
