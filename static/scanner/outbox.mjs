/**
 * Records waiting to be sent. One leaves only when the server has answered for it by its id.
 * A record is {id, type: 'checkin' | 'walk_in', body, sequence}; `store` keeps them, `send(type, records, {unsent, limit})` takes records
 * of one type, with how many more there are, and returns the results, each with the record's id.
 */
import { Refused, Unreachable } from './api.mjs'

const BATCH = 200
/** How long somebody waits before the screen for the server, in ms; less once it was silent. */
const PATIENCE = 3000
const IMPATIENCE = 1000
const FLUSH = 30000

export class Outbox {
  #store
  #send
  #queue = Promise.resolve()
  #refused = 0
  #reached = null

  constructor(store, send) {
    this.#store = store
    this.#send = send
  }

  /** Keep a record; on disk when this returns. Returns it with its sequence. */
  add(record) {
    return this.#store.add(record)
  }

  /** Send one record now. Returns its result. Raises: Unreachable, Refused, Revoked; then it stays. */
  async deliver(record) {
    const limit = this.#reached === false ? IMPATIENCE : PATIENCE
    return (await this.#sendAll(record.type, [record], limit)).get(record.id)
  }

  /** Send what waits, oldest first, one flush at a time. Returns results by id. Raises: Revoked. */
  flush() {
    const mine = this.#queue.then(() => this.#flushOnce())
    this.#queue = mine.catch(() => {})
    return mine
  }

  /** {waiting, refused, reached}: how many wait, how many of them the server would not take, whether it was reached (null: not asked yet). */
  async state() {
    const waiting = await this.#store.count()
    return { waiting, refused: Math.min(this.#refused, waiting), reached: this.#reached }
  }

  /** Somebody else asked the server in vain. */
  unreachable() {
    this.#reached = false
  }

  async #flushOnce() {
    const results = new Map()
    this.#refused = 0
    const waiting = await this.#store.waiting()
    for (const type of ['checkin', 'walk_in']) {
      const records = waiting.filter((record) => record.type === type)
      for (let from = 0; from < records.length; from += BATCH) {
        if (!(await this.#tryBatch(type, records.slice(from, from + BATCH), results))) return results
      }
    }
    return results
  }

  /** Returns whether it is worth going on: not where nobody answers. What is refused as a whole is tried one by one. */
  async #tryBatch(type, records, results) {
    try {
      for (const [id, result] of await this.#sendAll(type, records, FLUSH)) results.set(id, result)
      return true
    } catch (error) {
      if (error instanceof Unreachable) return false
      if (!(error instanceof Refused)) throw error
      if (records.length === 1) this.#refused += 1
      else for (const record of records) if (!(await this.#tryBatch(type, [record], results))) return false
      return true
    }
  }

  async #sendAll(type, records, limit) {
    let results
    const unsent = Math.max(0, (await this.#store.count()) - records.length)
    try {
      results = await this.#send(type, records, { unsent, limit })
    } catch (error) {
      this.#reached = !(error instanceof Unreachable)
      throw error
    }
    this.#reached = true
    const known = new Set(records.map((record) => record.id))
    const answered = new Map(results.filter((result) => known.has(result.id)).map((result) => [result.id, result]))
    await this.#store.remove([...answered.keys()])
    return answered
  }
}
