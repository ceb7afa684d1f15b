/** What the phone keeps, in IndexedDB: the device's token and choices, records that wait to be sent, its own entries. */
import { deleteDB, openDB } from '../vendor/idb/index.js'

const NAME = 'eventday-scanner'
const STRICT = { durability: 'strict' }

export async function openStore() {
  const database = await openDB(NAME, 1, {
    upgrade(db) {
      db.createObjectStore('settings')
      db.createObjectStore('outbox', { keyPath: 'id' })
      db.createObjectStore('entries', { keyPath: 'id' })
    },
    blocking: () => database.close(),
  })
  return new Store(database)
}

/** Forget all of it: the device was revoked, or is enrolled anew. */
export async function wipe(store) {
  store?.close()
  await deleteDB(NAME)
}

export class Store {
  #db
  constructor(database) {
    this.#db = database
  }

  close() {
    this.#db.close()
  }

  get(name) {
    return this.#db.get('settings', name)
  }

  async set(name, value) {
    await this.#db.put('settings', value, name)
  }

  /** Put a record among those that wait, with the device's next number; on disk when this returns. */
  async add(record) {
    const change = this.#db.transaction(['settings', 'outbox'], 'readwrite', STRICT)
    const sequence = ((await change.objectStore('settings').get('sequence')) ?? 0) + 1
    const numbered = { ...record, sequence }
    await Promise.all([change.objectStore('settings').put(sequence, 'sequence'), change.objectStore('outbox').put(numbered), change.done])
    return numbered
  }

  /** The records that wait, oldest first. */
  waiting(limit) {
    return this.#db.getAll('outbox', undefined, limit)
  }

  count() {
    return this.#db.count('outbox')
  }

  async remove(ids) {
    const change = this.#db.transaction('outbox', 'readwrite', STRICT)
    await Promise.all([...ids.map((id) => change.store.delete(id)), change.done])
  }

  /** This phone's own entries: {id, code, slot, at, outcome}. */
  entries() {
    return this.#db.getAll('entries')
  }

  async keepEntry(entry) {
    await this.#db.put('entries', entry)
  }

  async forgetEntries(ids) {
    const change = this.#db.transaction('entries', 'readwrite')
    await Promise.all([...ids.map((id) => change.store.delete(id)), change.done])
  }
}
