/**
 * Keeps the phone and the server in step: sends what waits and asks for news at start, when the network or the page comes back,
 * every half minute, and by a button. Only one tab of the phone does it at a time.
 */
import { Refused, Revoked, Unreachable } from './api.mjs'

const EVERY = 30000
const NEWS_EVERY = 60000

export class Sync {
  #outbox
  #api
  #bundle
  #clock
  #locks
  #elapsed
  #on
  #askedAt = -Infinity
  sentAt = null

  /** `on` has changed() after each step, results(Map) for late answers, and revoked(). `elapsed` counts ms, whatever is done to the clock. */
  constructor({ outbox, api, bundle, clock, locks = globalThis.navigator?.locks, elapsed = () => performance.now(), on }) {
    this.#outbox = outbox
    this.#api = api
    this.#bundle = bundle
    this.#clock = clock
    this.#locks = locks
    this.#elapsed = elapsed
    this.#on = on
  }

  start() {
    globalThis.addEventListener('online', () => this.run())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.run())
    setInterval(() => this.run(), EVERY)
    return this.run()
  }

  /** Send what waits, then ask for news if they are old. Never raises. */
  async run({ force = false } = {}) {
    try {
      await this.#alone(() => this.#send())
      if (force || this.#elapsed() - this.#askedAt > NEWS_EVERY) await this.news()
    } catch (error) {
      this.#hear(error)
    }
    await this.#note()
  }

  /** Ask for the bundle, or for what changed since. Raises: Unreachable, Refused, Revoked. */
  async news() {
    const answer = await this.#api.bundle(this.#bundle.cursor, (await this.#outbox.state()).waiting)
    if (answer.now) this.#clock.hear(answer.now)
    this.#bundle.take(answer, this.#clock.now())
    this.#askedAt = this.#elapsed()
  }

  /** An answer came by another way: the server is there again, so what still waits can go. */
  async noted() {
    const { waiting, reached } = await this.#note()
    if (reached && waiting) await this.run()
  }

  async #note() {
    const state = await this.#outbox.state()
    if (state.waiting === 0 && state.reached !== false) this.sentAt = this.#clock.now()
    await this.#on.changed()
    return state
  }

  async #send() {
    const results = await this.#outbox.flush()
    if (results.size) this.#on.results(results)
  }

  #alone(work) {
    return this.#locks ? this.#locks.request('eventday-sync', work) : work()
  }

  #hear(error) {
    if (error instanceof Revoked) this.#on.revoked()
    else if (error instanceof Unreachable) this.#outbox.unreachable()
    else if (!(error instanceof Refused)) console.error(error)
  }
}
