/** Ed25519 on the phone: by the browser (0.1 ms) where it knows how, else by noble (1 ms, its first call 200 on a slow phone). */

/** RFC 8032 §7.1, test 2: what we verify once at start, so that the first pass does not pay for it. */
const KNOWN = {
  publicKey: bytesOf('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'),
  signature: bytesOf(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ),
  message: bytesOf('72'),
}

/**
 * Returns verify(publicKey, signature, message) → Promise of whether it holds, proved once on a known signature.
 * Raises: Error where neither way works.
 */
export async function makeVerifier({ subtle = globalThis.crypto?.subtle, loadNoble = loadVendoredNoble } = {}) {
  for (const make of [() => byBrowser(subtle), () => byNoble(loadNoble)]) {
    const verify = await make().catch(() => null)
    if (verify && (await verify(KNOWN.publicKey, KNOWN.signature, KNOWN.message).catch(() => false))) return verify
  }
  throw new Error('no way to verify Ed25519')
}

async function byBrowser(subtle) {
  const imported = new Map()
  const keyOf = (raw) => {
    const name = raw.join()
    if (!imported.has(name)) imported.set(name, subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify']))
    return imported.get(name)
  }
  await keyOf(KNOWN.publicKey)
  return async (publicKey, signature, message) => subtle.verify('Ed25519', await keyOf(publicKey), signature, message)
}

async function byNoble(load) {
  const { verify, hashes, sha512 } = await load()
  hashes.sha512 = sha512
  return async (publicKey, signature, message) => verify(signature, message, publicKey, { zip215: false })
}

async function loadVendoredNoble() {
  const [{ verify, hashes }, { sha512 }] = await Promise.all([import('../vendor/noble/ed25519.js'), import('../vendor/noble/sha2.js')])
  return { verify, hashes, sha512 }
}

function bytesOf(hex) {
  return Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16))
}
