/** From a text to an answer, with the server there, silent, or gone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Revoked, Unreachable } from '../../static/scanner/api.mjs'
import { Bundle } from '../../static/scanner/bundle.mjs'
import { Checker } from '../../static/scanner/checker.mjs'
import { Clock } from '../../static/scanner/clock.mjs'
import { Entries } from '../../static/scanner/entries.mjs'
import { Outbox } from '../../static/scanner/outbox.mjs'
import { makeVerifier } from '../../static/scanner/signature.mjs'
import { formatTyped } from '../../static/scanner/typed.mjs'
import { WalkIns } from '../../static/scanner/walk_ins.mjs'
import { MemoryStore, read } from './kit.mjs'

const vectors = read('cases/pass-vectors.json')
const payload = (name) => vectors.payloads.find((item) => item.name === name).payload
const base64url = (hex) => Buffer.from(hex, 'hex').toString('base64url')
const verify = await makeVerifier()
const HALL = '0192f000-0000-7000-8000-00000000000a'
const ROOM = '0192f000-0000-7000-8000-00000000000b'
const slot = (id, admission, start, end) => ({ id, admission, start, end, activity: { title: id }, status: 'open' })
const SLOTS = [
  slot(HALL, 'seats', '2027-10-10T08:00:00+07:00', '2027-10-10T10:00:00+07:00'),
  slot(ROOM, 'seats', '2027-10-10T10:00:00+07:00', '2027-10-10T11:00:00+07:00'),
]
const HOLDER = { id: 'p', code: 'DME-4NT-1RW', name: 'Nguyễn Thị Hoà', birth_year: 1958, registrations: [{ slot: HALL, status: 'confirmed' }] }
const silence = async () => {
  throw new Unreachable()
}

function gate({ send = silence, roster = [HOLDER], keys = vectors.keys, revoked = [], here = null, off = 0, refresh = async () => {} } = {}) {
  const bundle = new Bundle()
  bundle.take({
    device: { id: 'this', event: vectors.event }, slots: SLOTS, roster, revoked,
    keys: keys.map((key) => ({ id: key.key_id, event: key.event, public_key: base64url(key.public_hex) })),
  }, 0)
  const store = new MemoryStore()
  const right = () => Date.parse('2027-10-10T08:12:00+07:00') + store.sequence
  const clock = new Clock(() => right() + off)
  clock.hear(new Date(right()).toISOString())
  const entries = new Entries(store, clock)
  let count = 0
  const parts = { bundle, outbox: new Outbox(store, send), entries, clock, newId: () => `id-${++count}` }
  const checker = new Checker({ ...parts, verify, refresh: () => refresh(bundle) })
  checker.here = here
  return { checker, store, entries, bundle, walkIns: new WalkIns(parts) }
}

test('the server’s answer is the answer, and the fact is as the contract wants it', async () => {
  const sent = []
  const { checker } = gate({ send: async (type, records) => (sent.push(...records), records.map(({ id }) => ({ id, outcome: 'admitted' }))) })

  const answer = await checker.scan(payload('valid'))

  assert.deepEqual([answer.outcome, answer.by, answer.person.name], ['admitted', 'server', 'Nguyễn Thị Hoà'])
  assert.deepEqual(sent[0].body, {
    pass: payload('valid').split('/T/')[1], slot: null, at: '2027-10-10T01:12:00.000Z', kind: 'entry', by: 'scan',
  })
})

const HOUR = 3600000
for (const [how, off, at] of [
  ['an hour fast', HOUR, '2027-10-10T02:12:00.000Z'],
  ['a day slow', -24 * HOUR, '2027-10-09T01:12:00.000Z'],
]) {
  test(`a phone that is ${how} sends its own time, and lets in as any other`, async () => {
    const { checker, walkIns, store, entries } = gate({ off, here: HALL })

    const answers = [await checker.scan(payload('valid')), await checker.scan(payload('valid'))]
    await walkIns.add({ name: 'Vừ A Dơ' }, null)

    const sent = await store.waiting()
    assert.deepEqual(answers.map(({ outcome }) => outcome), ['admitted', 'already_admitted'])
    assert.equal(sent[0].body.at, at)
    assert.ok(sent.every(({ body }) => body.at.slice(0, 19) === at.slice(0, 19)))
    assert.equal(entries.admittedAt(HALL), 1)
  })

  test(`a phone that is ${how} says “already in since” by the right time, of what it let in itself`, async () => {
    const right = Date.parse('2027-10-10T08:12:00+07:00')
    const mine = gate({ off, here: HALL })
    await mine.checker.scan(payload('valid'))
    const offline = await mine.checker.scan(payload('valid'))
    const answered = (device) => gate({ off, send: async (type, records) => records.map(({ id, body }) => ({ id, outcome: 'already_admitted', at: body.at, device })) })

    const online = await answered('this').checker.scan(payload('valid'))
    const other = await answered('other').checker.scan(payload('valid'))

    assert.ok(Math.abs(offline.at - right) < 1000)
    assert.ok(Math.abs(online.at - right) < 1000)
    assert.equal(other.at.slice(0, 19), at.slice(0, 19))
  })
}

test('what was let in today is still known after the page is opened anew on a phone that is a day slow', async () => {
  const { checker, store } = gate({ off: -24 * HOUR })
  await checker.scan(payload('valid'))
  const again = new Entries(store, new Clock(() => Date.parse('2027-10-09T09:00:00+07:00')))

  await again.load()

  assert.equal(again.admittedAt(null), 1)
})

test('without a network the phone answers, and the fact waits', async () => {
  const { checker, store } = gate({ here: HALL })

  const answers = [await checker.scan(payload('valid')), await checker.scan(payload('valid'))]

  assert.deepEqual(answers.map(({ outcome, by }) => [outcome, by]), [['admitted', 'phone'], ['already_admitted', 'phone']])
  assert.equal(store.records.size, 2)
})

test('without a network another slot’s holder is sent to the right one', async () => {
  const { checker } = gate({ here: ROOM })

  const answer = await checker.scan(payload('valid'))

  assert.deepEqual([answer.outcome, answer.slot], ['wrong_slot', HALL])
})

test('a holder from elsewhere is sent to a slot that this device does not scan', async () => {
  const { checker, bundle } = gate({ here: ROOM, roster: [{ ...HOLDER, registrations: [{ slot: 'far', status: 'confirmed' }] }] })
  bundle.take({ elsewhere: [slot('far', 'seats', '2027-10-10T14:00:00+07:00', '2027-10-10T15:00:00+07:00')] }, 0)

  const answer = await checker.scan(payload('valid'))

  assert.deepEqual([answer.outcome, answer.slot, bundle.slots.has('far'), bundle.named.has('far')], ['wrong_slot', 'far', false, true])
})

test('a genuine pass that is not in the list is told apart, and is already in the second time', async () => {
  const { checker, entries } = gate({ roster: [] })

  const answers = [await checker.scan(payload('valid')), await checker.scan(payload('valid'))]

  assert.deepEqual(answers.map(({ outcome, verdict }) => [outcome, verdict]), [['unknown', 'valid'], ['already_admitted', 'valid']])
  assert.equal(entries.admittedAt(null), 1)
})

test('a pass that was withdrawn is refused without a network too', async () => {
  const { checker } = gate({ revoked: ['6d1c4ae838d9aac7'] })

  assert.equal((await checker.scan(payload('valid'))).outcome, 'revoked')
})

for (const name of ['forged, signed by a stranger', 'other event, key known', 'truncated by one character', 'foreign, web page', 'foreign, citizen card']) {
  test(`${name}: told by the phone, neither kept nor sent`, async () => {
    const { checker, store } = gate({ send: () => assert.fail('nothing may be sent') })

    const answer = await checker.scan(payload(name))

    assert.deepEqual([answer.outcome, store.records.size], ['invalid', 0])
  })
}

test('an unknown key is asked for once, then the pass is read', async () => {
  const { checker } = gate({
    keys: [],
    refresh: async (bundle) => bundle.take({ keys: [{ id: 7, event: vectors.event, public_key: base64url(vectors.keys[0].public_hex) }] }, 0),
  })

  assert.equal((await checker.scan(payload('valid'))).outcome, 'admitted')
})

test('a key that nobody knows stays unknown; the fact waits for who does', async () => {
  const { checker, store } = gate()

  const answer = await checker.scan(payload('unknown key'))

  assert.deepEqual([answer.outcome, answer.verdict, store.records.size], ['unknown', 'unknown_key', 1])
})

test('a pre-printed pass that nobody has is offered to the next walk-in', async () => {
  const { checker } = gate()

  const answer = await checker.scan(payload('valid, spare pass'))

  assert.deepEqual([answer.outcome, answer.spare], ['unknown', payload('valid, spare pass').split('/T/')[1]])
})

test('a mistyped code asks nobody', async () => {
  const { checker, store } = gate()

  assert.equal(await checker.type('MDE4NT1RW'), null)
  assert.equal(store.records.size, 0)
})

test('a typed code proves nothing: without a network only who is in the list comes in', async () => {
  const known = gate()
  const strange = gate({ roster: [] })

  assert.equal((await known.checker.type('dme 4nt 1rw')).outcome, 'admitted')
  const answer = await strange.checker.type('DME-4NT-1RW')
  assert.deepEqual([answer.outcome, answer.verdict], ['unknown', 'unknown_code'])
})

test('bad, good, bad, good in a row: each gets its own answer', async () => {
  const { checker } = gate()
  const outcomes = []

  for (const name of ['foreign, plain text', 'valid', 'forged, signed by a stranger', 'valid']) outcomes.push((await checker.scan(payload(name))).outcome)

  assert.deepEqual(outcomes, ['invalid', 'admitted', 'invalid', 'already_admitted'])
})

test('a revoked device is not hidden behind an answer', async () => {
  const { checker } = gate({
    send: async () => {
      throw new Revoked()
    },
  })

  await assert.rejects(checker.scan(payload('valid')), Revoked)
})

test('a phone whose disk is full still answers, and says that it kept nothing', async () => {
  const { checker, store } = gate({ send: async (type, records) => records.map(({ id }) => ({ id, outcome: 'admitted' })) })
  store.add = async () => {
    throw new DOMException('full', 'QuotaExceededError')
  }

  const answer = await checker.scan(payload('valid'))

  assert.deepEqual([answer.outcome, answer.isKept], ['admitted', false])
})

test('a walk-in gets a pass from the server, and is found by name from then on', async () => {
  const pass = { id: 'w', code: 'N4E-ANT-P8J', token: '…', url: '…' }
  const { walkIns, bundle } = gate({ send: async (type, records) => records.map(({ id }) => ({ id, outcome: 'admitted', pass })) })

  const answer = await walkIns.add({ name: 'Vừ A Dơ' }, null)

  assert.deepEqual([answer.outcome, answer.code, bundle.search('vu a')[0].code], ['admitted', 'N4E-ANT-P8J', 'N4E-ANT-P8J'])
})

test('without a network a walk-in passes the gate, but a seat is not promised', async () => {
  const { walkIns, store } = gate()

  const atGate = await walkIns.add({ name: 'Vừ A Dơ' }, null)
  const atHall = await walkIns.add({ name: 'Vừ A Dơ' }, HALL)

  assert.deepEqual([atGate.outcome, atHall.outcome, store.records.size], ['admitted', 'kept', 2])
})

test('the list is searched without marks, sorted by given name', () => {
  const people = ['Trần Văn An', 'Nguyễn Thị Hoà', 'Lê Thị Anh'].map((name, i) => ({ id: String(i), code: vectors.short_codes_valid[i], name, registrations: [] }))
  const { bundle } = gate({ roster: people })

  assert.deepEqual(bundle.search('thi').map(({ name }) => name), ['Lê Thị Anh', 'Nguyễn Thị Hoà'])
  assert.deepEqual(bundle.search('t'), [])
})

test('who is called as typed comes before who is called longer', () => {
  const people = ['Hoàng Văn An', 'Hoa Thị Ba', 'Nguyễn Thị Hoà'].map((name, i) => ({ id: String(i), code: vectors.short_codes_valid[i], name, registrations: [] }))
  const { bundle } = gate({ roster: people })

  assert.deepEqual(bundle.search('hoa').map(({ name }) => name), ['Nguyễn Thị Hoà', 'Hoa Thị Ba', 'Hoàng Văn An'])
})

test('what the server says later corrects the count', async () => {
  const { checker, entries } = gate()
  const { fact } = await checker.scan(payload('valid'))

  const changed = await entries.correct(fact, 'already_admitted')

  assert.deepEqual([changed.wasLetIn, entries.admittedAt(null)], [true, 0])
})

test('a merged pass opens as the kept person, and the other code of theirs is in already', async () => {
  const other = formatTyped('7Q2K9H0A')
  const { checker, bundle } = gate({ here: HALL, roster: [HOLDER, { ...HOLDER, id: 'q', code: other, name: 'Hoà', registrations: [] }] })
  bundle.take({ roster: [{ ...HOLDER, also: [other] }] }, 1)

  const [first, second] = [await checker.type(other), await checker.scan(payload('valid'))]

  assert.deepEqual([first.outcome, first.person.name, second.outcome], ['admitted', 'Nguyễn Thị Hoà', 'already_admitted'])
  assert.deepEqual([bundle.search('hoa', 9).length, bundle.size], [1, 1])
})

test('a code that the list does not have yet is named by the pass that stands for it', () => {
  const { bundle } = gate()

  bundle.takePass({ ...HOLDER, name: 'Hoà' }, '7Q2K9H0A')

  assert.equal(bundle.person('7Q2K9H0A').name, 'Hoà')
})
