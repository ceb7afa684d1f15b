/** Where this phone stands: at a slot or at the gate. Kept on the phone, and asked anew where the place is no longer one of its own. */
import { showPlaces } from './sheets.mjs'

export class Station {
  #store
  #bundle
  #clock
  #t
  #onMoved
  /** The slot's id, or null for the gate. */
  here = null
  /** Nothing is scanned before it is known where. */
  isKnown = false

  /** `onMoved` is called whenever the place is taken or changes. */
  constructor({ store, bundle, clock, t, onMoved }) {
    this.#store = store
    this.#bundle = bundle
    this.#clock = clock
    this.#t = t
    this.#onMoved = onMoved
  }

  /** Stand where the phone stood when the page was closed. */
  async takeKept() {
    const kept = await this.#store.get('place')
    if (kept) await this.#stand(kept.slot)
  }

  /** Once the list is there: keep the place if it is still ours, else take the only one there is, or ask. */
  async settle() {
    if (!this.#bundle.heardAt || this.#isOurs()) return
    const places = [...(this.#mayGate() ? [null] : []), ...this.#bundle.slots.keys()]
    if (places.length) await this.#move(places[0])
    if (places.length > 1) this.choose()
  }

  /** Let the volunteer choose; what is on now stands first. */
  choose() {
    showPlaces(this.#t, {
      slots: this.#bundle.slots.values(), here: this.here, mayGate: this.#mayGate(), now: this.#clock.now(),
      onChosen: (id) => this.#move(id),
    })
  }

  async #move(id) {
    await this.#store.set('place', { slot: id })
    await this.#stand(id)
  }

  async #stand(id) {
    this.here = id
    this.isKnown = true
    await this.#onMoved()
  }

  #isOurs() {
    return this.isKnown && (this.here === null ? this.#mayGate() : this.#bundle.slots.has(this.here))
  }

  /** A device for some slots stands at those. */
  #mayGate() {
    return !this.#bundle.device.slots?.length
  }
}
