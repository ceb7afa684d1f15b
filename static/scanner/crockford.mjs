/** Crockford's base32 as passes use it: upper case, no I, L, O, U. */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The bytes that a text spells, or null: a character outside the alphabet, or padding bits that are not zero. */
export function decode(text) {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8))
  let held = 0
  let bits = 0
  let length = 0
  for (const character of text) {
    const value = ALPHABET.indexOf(character)
    if (value < 0) return null
    held = (held << 5) | value
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes[length++] = held >> bits
      held &= (1 << bits) - 1
    }
  }
  return held === 0 ? bytes : null
}

/** The characters that spell the bytes; missing bits at the end are zero. */
export function encode(bytes) {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[held >> bits]
      held &= (1 << bits) - 1
    }
  }
  return bits ? text + ALPHABET[held << (5 - bits)] : text
}
