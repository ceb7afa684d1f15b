import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Api, Refused, Revoked, Unreachable } from '../../static/scanner/api.mjs'

const answering = (status, body) => async () => new Response(body, { status })
const asking = (fetch) => new Api({ token: 'secret', fetch }).bundle(null)

test('an answer is given as it is', async () => {
  assert.deepEqual(await asking(answering(200, '{"cursor": "7"}')), { cursor: '7' })
})

for (const [name, fetch, error] of [
  ['no network', async () => { throw new TypeError('Failed to fetch') }, Unreachable],
  ['a time limit', async () => { throw new DOMException('late', 'TimeoutError') }, Unreachable],
  ['a server that is busy', answering(503, '{"code": "try_later"}'), Unreachable],
  ['a server that failed', answering(500, '{"code": "internal"}'), Unreachable],
  ['too many requests', answering(429, '{}'), Unreachable],
  ['a sign-in page of somebody in between', answering(200, '<html>'), Unreachable],
  ['a device that was revoked', answering(401, '{"code": "unauthorized"}'), Revoked],
  ['a refusal', answering(409, '{"code": "enrolment_used", "detail": "…"}'), Refused],
]) {
  test(`${name} is told as ${error.name}`, async () => {
    await assert.rejects(asking(fetch), error)
  })
}

test('the bearer goes in the header, never in the address', async () => {
  let asked
  await new Api({ token: 'secret', fetch: async (...call) => ((asked = call), new Response('{"results": []}')) }).checkins([], { sentAt: '2027-10-10T02:00:00Z', unsent: 3 })

  assert.equal(asked[0], '/api/v1/checkins')
  assert.equal(asked[1].headers.Authorization, 'Bearer secret')
  assert.deepEqual(JSON.parse(asked[1].body), { sent_at: '2027-10-10T02:00:00Z', unsent: 3, checkins: [] })
})
