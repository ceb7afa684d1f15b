/** Every outcome is told apart, and only what needs no decision goes by itself. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { view } from '../../static/scanner/answers.mjs'
import { t } from './kit.mjs'

const HERE = 'here'
const slot = (title, start, end, space) => ({ activity: { title }, start, end, space, venue: 'Nhà văn hóa xã' })
const known = {
  t, heardAt: Date.parse('2027-10-10T07:10:00+07:00'), now: Date.parse('2027-10-10T09:05:00+07:00'),
  slots: new Map([
    [HERE, slot('Điện thoại thông minh', '2027-10-10T09:00:00+07:00', '2027-10-10T11:00:00+07:00', 'Phòng họp')],
    ['there', slot('Em an toàn trên mạng', '2027-10-10T09:30:00+07:00', '2027-10-10T10:30:00+07:00', 'Phòng 2')],
    ['unplaced', { ...slot('Gian hàng VNPT', '2027-10-10T09:30:00+07:00', '2027-10-10T10:30:00+07:00', null), venue: null }],
    ['tomorrow', slot('Em an toàn trên mạng', '2027-10-11T09:30:00+07:00', '2027-10-11T10:30:00+07:00', 'Phòng 2')],
  ]),
}
const person = { name: 'Nguyễn Thị Hoà', birth_year: 1958, registrations: [{ slot: HERE, status: 'waiting', position: 2 }] }
const shown = (answer) => view({ by: 'server', here: HERE, typed: 'DME4NT1R', person, ...answer }, known)

const ALL = {
  admitted: { outcome: 'admitted' },
  genuine: { outcome: 'unknown', by: 'phone', verdict: 'valid', person: undefined },
  already_admitted: { outcome: 'already_admitted', at: '2027-10-10T01:12:00Z' },
  wrong_slot: { outcome: 'wrong_slot', slot: 'there' },
  waiting: { outcome: 'waiting' },
  cancelled: { outcome: 'cancelled' },
  revoked: { outcome: 'revoked' },
  forged: { outcome: 'invalid', by: 'phone', verdict: 'forged' },
  other_event: { outcome: 'invalid', by: 'phone', verdict: 'other_event' },
  citizen_card: { outcome: 'invalid', by: 'phone', verdict: 'citizen_card' },
  refused: { outcome: 'invalid', by: 'server', reason: 'outside', detail: 'Ca này không thuộc nơi quét của máy.' },
  unknown: { outcome: 'unknown', by: 'server', reason: 'nobody' },
  spare: { outcome: 'unknown', by: 'server', spare: '24…' },
  unknown_key: { outcome: 'unknown', by: 'phone', verdict: 'unknown_key' },
  not_registered: { outcome: 'not_registered' },
  walk_in_full: { outcome: 'full', walkIn: true, code: 'N4E-ANT-P8J' },
  walk_in_kept: { outcome: 'kept', walkIn: true },
  walk_in_wrong: { outcome: 'invalid', walkIn: true },
}

test('each answer has its own words', () => {
  const words = Object.values(ALL).map((answer) => JSON.stringify([shown(answer).word, shown(answer).second, shown(answer).details]))

  assert.equal(new Set(words).size, words.length)
})

test('shape and ground tell yes, no and elsewhere apart', () => {
  const looks = ['admitted', 'genuine', 'already_admitted', 'wrong_slot', 'waiting', 'cancelled', 'forged', 'unknown', 'not_registered']
    .map((name) => shown(ALL[name]))
    .map(({ tone, shape }) => `${tone} ${shape}`)

  assert.equal(new Set(looks).size, looks.length)
})

test('only what needs no decision goes by itself', () => {
  const going = Object.entries(ALL).filter(([, answer]) => shown(answer).goes).map(([name]) => name)

  assert.deepEqual(going, ['admitted', 'wrong_slot', 'waiting'])
})

test('every answer that stays has a way out', () => {
  for (const answer of Object.values(ALL)) assert.ok(shown(answer).buttons.some(({ action }) => action === 'next'))
})

test('already in says since when', () => {
  assert.equal(shown(ALL.already_admitted).word, 'already_admitted(08:12)')
})

test('the wrong slot names the right one, with its date where it is another day', () => {
  assert.equal(shown(ALL.wrong_slot).word, 'wrong_slot(PHÒNG 2, 09:30, 10/10)')
  assert.equal(shown({ outcome: 'wrong_slot', slot: 'tomorrow' }).word, 'wrong_slot_day(PHÒNG 2, 09:30, 11/10)')
  assert.equal(shown({ outcome: 'wrong_slot', slot: 'unplaced' }).word, 'wrong_slot_hour(09:30)')
  assert.equal(shown({ outcome: 'wrong_slot', slot: 'unheard of' }).word, 'wrong_slot_unknown')
})

test('who waits hears how long the list is', () => {
  assert.deepEqual(shown(ALL.waiting).details, ['waiting_position(2)', 'Điện thoại thông minh'])
})

test('who comes much too early or too late is let in with a word about it', () => {
  const evening = { ...known, now: Date.parse('2027-10-10T18:00:00+07:00') }
  const at = (here, when) => view({ outcome: 'admitted', here, person }, when).details

  assert.ok(at('tomorrow', known).includes('early'))
  assert.ok(at(HERE, evening).includes('late'))
  assert.deepEqual(at('there', known), ['born(1958)', 'Em an toàn trên mạng'])
})

test('a wrong clock makes nobody early or late on the screen: what the fact says goes by that clock', () => {
  assert.deepEqual(shown({ outcome: 'admitted', late: true }).details, ['born(1958)', 'Điện thoại thông minh'])
})

test('an outcome that is newer than this page is not a yes', () => {
  assert.equal(shown({ outcome: 'something_new' }).tone, 'stop')
})

test('a walk-in hears the code of the new pass', () => {
  const answer = view({ outcome: 'admitted', walkIn: true, code: 'N4E-ANT-P8J', here: null, person: { name: 'Vừ A Dơ' } }, known)

  assert.deepEqual([answer.word, answer.details], ['admitted', ['walk_in_code(N4E-ANT-P8J)']])
})
