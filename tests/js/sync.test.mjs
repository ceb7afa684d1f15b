/** Keeping in step with the server, whatever the phone's clock does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Clock } from '../../static/scanner/clock.mjs'
import { makeSend } from '../../static/scanner/sending.mjs'
import { Sync } from '../../static/scanner/sync.mjs'
import { checkin } from './kit.mjs'

const SERVER = '2027-10-10T02:00:00Z'

function phone({ at = SERVER } = {}) {
  const time = { phone: Date.parse(at), elapsed: 0, asked: 0 }
  const clock = new Clock(() => time.phone)
  const sync = new Sync({
    clock, locks: null, elapsed: () => time.elapsed,
    outbox: { flush: async () => new Map(), state: async () => ({ waiting: 0, reached: true }) },
    api: { bundle: async () => ((time.asked += 1), { now: SERVER }) },
    bundle: { take() {} },
    on: { changed: async () => {} },
  })
  return { sync, clock, time }
}

test('the bundle tells how wrong the clock is', async () => {
  const { sync, clock } = phone({ at: '2027-10-10T05:00:00Z' })

  await sync.run()

  assert.equal(clock.off, 3 * 3600000)
})

test('news are asked for after a minute, though the clock was set back meanwhile', async () => {
  const { sync, time } = phone()
  await sync.run()
  time.phone -= 24 * 3600000

  time.elapsed = 30000
  await sync.run()
  time.elapsed = 90000
  await sync.run()

  assert.equal(time.asked, 2)
})

test('what goes out says the phone’s own time', async () => {
  const clock = new Clock(() => Date.parse('2027-10-10T05:00:00Z'))
  clock.hear(SERVER)
  const sent = []

  await makeSend({ checkins: async (checkins, { sentAt }) => (sent.push(sentAt), { results: [] }) }, clock)('checkin', [checkin('a')], {})

  assert.deepEqual(sent, ['2027-10-10T05:00:00.000Z'])
})
