/**
 * A hand scanner types like a keyboard, fast, and ends with Enter. Keys are read by where they are on the keyboard: a phone set
 * to type Vietnamese would turn `AA` into `Â`. Passes are upper case, so case does not matter.
 */
const FAST = 120
const SHORTEST = 9
const SIGNS = { Slash: '/', Period: '.', Minus: '-', Semicolon: ':', NumpadDivide: '/', NumpadDecimal: '.', NumpadSubtract: '-' }

export class HandScanner {
  #text = ''
  #last = -Infinity
  #onText
  constructor(onText) {
    this.#onText = onText
  }

  /** Take a keydown event; returns whether it ended a scan. */
  press({ code = '', key = '' }, now) {
    if (now - this.#last > FAST) this.#text = ''
    this.#last = now
    if (code === 'Enter' || code === 'NumpadEnter' || code === 'Tab' || key === 'Enter') return this.#end()
    this.#text += characterOf(code, key)
    return false
  }

  #end() {
    const text = this.#text
    this.#text = ''
    if (text.length < SHORTEST) return false
    this.#onText(text)
    return true
  }
}

function characterOf(code, key) {
  const plain = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(code)
  if (plain) return plain[1]
  return SIGNS[code] ?? (code === '' && key.length === 1 ? key : '')
}
