/** The code that people type or say: 8 characters and a check, `DME-4NT-1RW`. It proves nothing by itself. */
import { ALPHABET, encode } from './crockford.mjs'

const SEPARATORS = /[\s\-–—._]/g
const LENGTH = 9

/** Product in GF(32), x⁵ + x² + 1. */
function times(a, b) {
  let product = 0
  for (; b; b >>= 1) {
    if (b & 1) product ^= a
    a = (a << 1) ^ (a & 16 ? 0b100101 : 0)
  }
  return product
}

/** Σ 2^(i+1)·dᵢ: finds every wrong character and every swap of neighbours. */
function checkOf(characters) {
  let total = 0
  let weight = 1
  for (const character of characters) {
    weight = times(weight, 2)
    total ^= times(weight, ALPHABET.indexOf(character))
  }
  return ALPHABET[total]
}

/** The 8 characters of a typed code, or null where it is not one. `o` counts as 0, `i` and `l` as 1. */
export function readTyped(text) {
  const typed = text.replace(SEPARATORS, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')
  if (typed.length !== LENGTH || [...typed].some((character) => !ALPHABET.includes(character))) return null
  return checkOf(typed.slice(0, -1)) === typed.at(-1) ? typed.slice(0, -1) : null
}

/** `DME-4NT-1RW` of the 8 characters. */
export function formatTyped(code) {
  const whole = code + checkOf(code)
  return `${whole.slice(0, 3)}-${whole.slice(3, 6)}-${whole.slice(6)}`
}

/** The 8 characters of a pass code (16 hex digits): its first 40 bits. */
export function typedOf(codeHex) {
  return encode(Uint8Array.from(codeHex.slice(0, 10).match(/../g), (pair) => Number.parseInt(pair, 16)))
}
