/** One question at a time: what was scanned, typed, chosen or added becomes the whole screen, a sound, and the line of the last answer. */
import { AnswerScreen } from './answer_screen.mjs'
import { view } from './answers.mjs'
import { Revoked } from './api.mjs'
import { timeOf } from './clock.mjs'
import { showLast } from './last.mjs'
import { byId } from './page.mjs'
import { formatTyped } from './typed.mjs'

export class Answering {
  #api
  #bundle
  #clock
  #entries
  #sound
  #t
  #on
  #screen
  #isBusy = false
  /** The pre-printed pass that the next walk-in gets, if one was just shown. */
  spare = null

  /** `on` has shown() after an answer, closed() when its screen is gone, action(name) of its buttons, and revoked(). */
  constructor({ api, bundle, clock, entries, sound, t, on }) {
    this.#api = api
    this.#bundle = bundle
    this.#clock = clock
    this.#entries = entries
    this.#sound = sound
    this.#t = t
    this.#on = on
    this.#screen = new AnswerScreen({ onAction: on.action, onClosed: on.closed })
  }

  get isBusy() {
    return this.#isBusy
  }

  /** Whether something new may be asked without a tap: not while one is asked, or an answer waits to be read. */
  get isFree() {
    return !this.#isBusy && (!this.#screen.isOpen || this.#screen.goes)
  }

  close() {
    this.#screen.close()
  }

  /** `question` returns an answer of the checker or of a walk-in, or null: then there is nothing to show. */
  async ask(question) {
    if (this.#isBusy) return
    this.#setBusy(true)
    try {
      const answer = await question()
      if (answer) this.#show(answer)
    } catch (error) {
      if (!(error instanceof Revoked)) throw error
      await this.#on.revoked()
    } finally {
      this.#setBusy(false)
    }
  }

  /** The server has answered for what was settled here: where it says otherwise, say so. */
  async correct(results) {
    for (const [id, result] of results) {
      const changed = await this.#entries.correct(id, result.outcome)
      if (!changed || (changed.wasLetIn && result.outcome === 'admitted')) continue
      const person = this.#bundle.person(changed.typed)
      const shown = view({ ...result, person, by: 'server', here: changed.slot, typed: changed.typed }, this.#known())
      showLast(shown, timeOf(this.#clock.shown(changed.at)), (word) => this.#t('last_changed', { word }))
    }
  }

  #setBusy(isBusy) {
    this.#isBusy = isBusy
    byId('camera').dataset.busy = isBusy ? 'yes' : 'no'
  }

  #show(answer) {
    this.spare = answer.spare ?? null
    const shown = view(answer, this.#known())
    const time = timeOf(this.#clock.now())
    this.#sound.play(shown.sound)
    this.#screen.show(answer.isKept === false ? { ...shown, todo: this.#t('not_kept') } : shown, { place: byId('place-title').textContent, time })
    showLast(shown, time)
    if (answer.typed && !answer.person && answer.by === 'server') this.#nameLater(answer, time)
    this.#on.shown()
  }

  /** The pass is younger than our list: ask who it is, and fill it in. */
  async #nameLater(answer, time) {
    const pass = await this.#api.pass(formatTyped(answer.typed)).catch(() => null)
    if (!pass) return
    this.#bundle.takePass(pass, answer.typed)
    const shown = view({ ...answer, person: this.#bundle.person(answer.typed) }, this.#known())
    if (this.#screen.isOpen) this.#screen.name(shown.name, shown.details)
    showLast(shown, time)
  }

  #known() {
    return { slots: this.#bundle.named, heardAt: this.#bundle.heardAt, now: this.#clock.now(), t: this.#t }
  }
}
