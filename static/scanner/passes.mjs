/**
 * Reading a pass: what a QR says, and whether we signed it. The layout is that of `registrations/passes.py`;
 * both run tests/cases/pass-vectors.json.
 */
import { decode } from './crockford.mjs'

const TOKEN_LENGTH = 119
const FORMAT = 1
const KINDS = ['personal', 'spare']
const PURPOSE = new TextEncoder().encode('eventday-pass\x01')
const ENDS = /^[\u0000-\u0020\u007f\u00a0\ufeff]+|[\u0000-\u0020\u007f\u00a0\ufeff]+$/g
const ADDRESS = /^HTTPS?:\/\/[^/]+\/T\/(.*)$/s
const BARE = /^[0-9A-HJKMNP-TV-Z]{119}$/
const CITIZEN_CARD = /^\d{12}\|(\d{9}|\d{12})?\|[^|]+\|\d{8}\|/

/**
 * Returns {verdict} with valid, forged, other_event, unknown_key, unknown_format, malformed, foreign or citizen_card;
 * of what carries a readable code also {token, code (16 hex digits), kind}.
 * @param {string} payload the text of the QR, or what a hand scanner typed
 * @param {Map<number, {event: string, publicKey: Uint8Array}>} keys by key id
 * @param {string} event the id of the device's event
 * @param {(publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array) => Promise<boolean>} verify
 */
export async function read(payload, keys, event, verify) {
  const text = payload.replace(ENDS, '').toUpperCase()
  if (CITIZEN_CARD.test(text)) return { verdict: 'citizen_card' }
  const token = tokenIn(text)
  if (token === null) return { verdict: 'foreign' }
  const bytes = token.length === TOKEN_LENGTH ? decode(token) : null
  if (bytes === null) return { verdict: 'malformed' }
  if (bytes[0] >> 4 !== FORMAT) return { verdict: 'unknown_format', token }
  const pass = { token, code: hexOf(bytes.subarray(2, 10)), kind: KINDS[bytes[0] & 15] }
  if (pass.kind === undefined) return { verdict: 'unknown_format', token }
  const key = keys.get(bytes[1])
  if (!key) return { verdict: 'unknown_key', ...pass }
  if (!(await verify(key.publicKey, bytes.subarray(10), messageOf(key.event, bytes)))) return { verdict: 'forged' }
  return key.event === event ? { verdict: 'valid', ...pass } : { verdict: 'other_event', event: key.event, ...pass }
}

/** What follows /T/ on any host, or the bare token; null where the text is something else. */
function tokenIn(text) {
  const path = text.split(/[?#]/)[0].replace(/\/$/, '')
  const address = ADDRESS.exec(path)
  if (address) return address[1]
  return BARE.test(path) ? path : null
}

function messageOf(event, bytes) {
  const eventBytes = Uint8Array.from(event.replaceAll('-', '').match(/../g), (pair) => Number.parseInt(pair, 16))
  const message = new Uint8Array(PURPOSE.length + eventBytes.length + 10)
  message.set(PURPOSE)
  message.set(eventBytes, PURPOSE.length)
  message.set(bytes.subarray(0, 10), PURPOSE.length + eventBytes.length)
  return message
}

function hexOf(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
