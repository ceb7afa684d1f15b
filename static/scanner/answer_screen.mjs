/** The whole screen is the answer. It goes by itself only where the view says so; a tap on a button ends it at once. */
import { byId, element, icon } from './page.mjs'

const STAY = 2000

export class AnswerScreen {
  #timer = null
  #onAction
  #onClosed
  goes = false

  constructor({ onAction, onClosed }) {
    this.#onAction = onAction
    this.#onClosed = onClosed
  }

  get isOpen() {
    return !byId('answer').hidden
  }

  /** @param view as of answers.mjs; `place` and `time` stand at the top */
  show(view, { place, time }) {
    const screen = byId('answer')
    screen.dataset.tone = view.tone
    screen.dataset.long = lengthOf(view.word)
    byId('answer-shape').setAttribute('href', `#shape-${view.shape}`)
    const texts = { place, time, word: view.word, second: view.second, name: view.name, todo: view.todo }
    for (const [part, text] of Object.entries(texts)) fill(`answer-${part}`, text)
    byId('answer-details').replaceChildren(...view.details.map((line) => element('p', { textContent: line })))
    byId('answer-buttons').replaceChildren(...view.buttons.map((button) => this.#button(button)))
    byId('said').textContent = [view.word, view.second, view.name, view.todo].filter(Boolean).join('. ')
    screen.hidden = false
    this.#leave(view.goes)
    byId('answer-buttons').lastElementChild?.focus({ preventScroll: true })
  }

  /** The name came after the answer. */
  name(name, details) {
    fill('answer-name', name)
    byId('answer-details').replaceChildren(...details.map((line) => element('p', { textContent: line })))
  }

  close() {
    clearTimeout(this.#timer)
    if (!this.isOpen) return
    byId('answer').hidden = true
    byId('said').textContent = ''
    this.#onClosed()
  }

  #leave(goes) {
    clearTimeout(this.#timer)
    this.goes = goes
    const bar = byId('answer-bar')
    bar.className = ''
    if (!goes) return
    void bar.offsetWidth // so that the bar starts anew
    bar.className = 'running'
    this.#timer = setTimeout(() => this.close(), STAY)
  }

  #button({ action, icon: name, text, isMain }) {
    const button = element('button', { type: 'button', className: isMain ? 'button button--main' : 'button' }, icon(name), text)
    button.dataset.action = action
    button.addEventListener('click', () => {
      this.close()
      this.#onAction(action)
    })
    return button
  }
}

/** Words of one line are as large as can be. */
function lengthOf(word) {
  if (word.length <= 10) return 'no'
  return word.length > 20 ? 'very' : 'yes'
}

function fill(id, text) {
  byId(id).textContent = text
  byId(id).hidden = !text
}
