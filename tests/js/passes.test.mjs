import assert from 'node:assert/strict'
import { test } from 'node:test'

import { read as readPass } from '../../static/scanner/passes.mjs'
import { makeVerifier } from '../../static/scanner/signature.mjs'
import { formatTyped, readTyped, typedOf } from '../../static/scanner/typed.mjs'
import { read } from './kit.mjs'

const vectors = read('cases/pass-vectors.json')
const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16))
const keys = new Map(vectors.keys.map((key) => [key.key_id, { event: key.event, publicKey: bytes(key.public_hex) }]))
const nothing = { importKey: () => Promise.reject(new Error('no Ed25519 here')) }

const ways = { browser: await makeVerifier(), noble: await makeVerifier({ subtle: nothing }) }

for (const [way, verify] of Object.entries(ways)) {
  for (const { name, payload, verdict, ...more } of vectors.payloads) {
    test(`${way}: ${name}`, async () => {
      const pass = await readPass(payload, keys, vectors.event, verify)

      assert.equal(pass.verdict, verdict)
      if (more.pass_code_hex) assert.deepEqual({ code: pass.code, kind: pass.kind }, { code: more.pass_code_hex, kind: more.kind })
      if (more.short_code) assert.equal(formatTyped(typedOf(pass.code)), more.short_code)
      if (more.event) assert.equal(pass.event, more.event)
    })
  }
}

test('a reader that cannot verify is refused, so that nothing forged is let in', async () => {
  const lying = async () => ({ verify: () => false, hashes: {}, sha512: null })

  await assert.rejects(makeVerifier({ subtle: nothing, loadNoble: lying }))
})

test('control bytes that hand scanners put around a code are cut', async () => {
  const good = vectors.payloads.find(({ name }) => name === 'valid').payload

  const pass = await readPass(`\u001d\u0002${good}\u0003\r`, keys, vectors.event, ways.browser)

  assert.equal(pass.verdict, 'valid')
})

for (const { typed, ok, code } of vectors.typed) {
  test(`typed code ${JSON.stringify(typed)} is ${ok ? 'taken' : 'refused'}`, () => {
    assert.equal(readTyped(typed), ok ? code.slice(0, 8) : null)
  })
}

for (const printed of vectors.short_codes_valid) {
  test(`printed code ${printed} reads back as itself`, () => {
    assert.equal(formatTyped(readTyped(printed)), printed)
  })
}
