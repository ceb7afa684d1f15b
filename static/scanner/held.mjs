/**
 * Whether what the camera sees is a new presentation. A pass that is held still is one; it counts again only after it was
 * out of sight for a while, or a slow hand would hear “already in” after “come in”.
 */
const AWAY = 2000

export class Held {
  #seen = new Map()
  #away
  constructor(away = AWAY) {
    this.#away = away
  }

  /** True once per presentation. While `isReady` is false (an answer waits to be tapped) nothing new is taken, nor forgotten. */
  isNew(text, now, isReady) {
    for (const [other, at] of this.#seen) if (now - at >= this.#away) this.#seen.delete(other)
    if (!this.#seen.has(text) && !isReady) return false
    const isNew = !this.#seen.has(text)
    this.#seen.set(text, now)
    return isNew
  }
}
