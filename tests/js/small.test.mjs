/** The small rules: ids, clock, held passes, hand scanners, looks, the strip, the walk-in form. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Clock, dayOf, lengthOf, shortDate, timeOf } from '../../static/scanner/clock.mjs'
import { isCloseLook } from '../../static/scanner/decoder.mjs'
import { Held } from '../../static/scanner/held.mjs'
import { newId } from '../../static/scanner/ids.mjs'
import { HandScanner } from '../../static/scanner/keyboard.mjs'
import { choices, describe, placeOf } from '../../static/scanner/places.mjs'
import { clockNotice } from '../../static/scanner/state.mjs'
import { strip } from '../../static/scanner/strip.mjs'
import { readForm } from '../../static/scanner/walk_ins.mjs'
import { makeWords } from '../../static/scanner/words.mjs'
import { TONES, VIBRATIONS } from '../../static/scanner/sound.mjs'
import { t } from './kit.mjs'

test('an id is a UUID of version 7 whose first 48 bits are the milliseconds', () => {
  const id = newId(0x0123456789ab, (bytes) => bytes.fill(0xff))

  assert.equal(id, '01234567-89ab-7fff-bfff-ffffffffffff')
})

test('ids made later sort later', () => {
  assert.ok(newId(1000) < newId(1001))
})

test('times and days are those of Vietnam', () => {
  const moment = '2027-10-09T18:05:00Z'

  assert.deepEqual([timeOf(moment), dayOf(moment), shortDate(moment)], ['01:05', '2027-10-10', '10/10'])
})

test('a phone that is an hour slow is told so; what it notes keeps its own time, what it shows goes by the server', () => {
  const clock = new Clock(() => Date.parse('2027-10-10T01:00:00Z'))

  clock.hear('2027-10-10T02:00:00Z')

  assert.equal(clock.off, -3600000)
  assert.equal(clock.iso(), '2027-10-10T01:00:00.000Z')
  assert.equal(clock.phone(), Date.parse('2027-10-10T01:00:00Z'))
  assert.equal(clock.now(), Date.parse('2027-10-10T02:00:00Z'))
  assert.equal(timeOf(clock.shown('2027-10-10T00:30:00Z')), '08:30')
})

test('two minutes are let be, and a clock that was put right is no longer told', () => {
  const clock = new Clock(() => Date.parse('2027-10-10T01:00:00Z'))

  clock.hear('2027-10-10T02:00:00Z')
  clock.hear('2027-10-10T01:01:30Z')

  assert.equal(clock.off, 0)
  assert.equal(clock.now(), clock.phone())
})

for (const [off, told] of [
  [3 * 3600000, 'clock_fast(hours(3))'],
  [-7 * 60000, 'clock_slow(minutes(7))'],
  [0, ''],
]) {
  test(`a clock that is off by ${off} ms is told as “${told}”`, () => {
    assert.equal(clockNotice(off, t), told)
  })
}

test('a length of time is told in its largest fitting unit', () => {
  const told = [7, 180, 459791].map((minutes) => Object.values(lengthOf(-minutes * 60000)).join(' '))

  assert.deepEqual(told, ['minutes 7', 'hours 3', 'days 319'])
})

test('a pass that is held still is one presentation, and counts again after it was away', () => {
  const held = new Held(2000)

  const seen = [[0, true], [1500, true], [3000, true], [5100, true]].map(([at, isReady]) => held.isNew('pass', at, isReady))

  assert.deepEqual(seen, [true, false, false, true])
})

test('a pass shown while an answer waits to be tapped is taken once the answer is gone', () => {
  const held = new Held(2000)

  assert.deepEqual([held.isNew('next', 0, false), held.isNew('next', 100, true)], [false, true])
})

test('two passes held side by side are one presentation each', () => {
  const held = new Held(2000)

  const seen = ['a', 'b', 'a', 'b'].map((text, i) => held.isNew(text, i * 100, true))

  assert.deepEqual(seen, [true, true, false, false])
})

function typed(keys, { gap = 10 } = {}) {
  const texts = []
  const hand = new HandScanner((text) => texts.push(text))
  keys.forEach((key, i) => hand.press(key, i * gap))
  return texts
}
const ENTER = { code: 'Enter', key: 'Enter' }
const keysOf = (text) => [...text].map((sign) => (/\d/.test(sign) ? { code: `Digit${sign}`, key: sign } : { code: `Key${sign}`, key: sign.toLowerCase() }))

test('a hand scanner types fast and ends with Enter', () => {
  assert.deepEqual(typed([...keysOf('DME4NT1RW'), ENTER]), ['DME4NT1RW'])
})

test('the address of a pass comes whole, capitals and signs included', () => {
  const address = [...keysOf('HTTPS'), { code: 'ShiftLeft', key: 'Shift' }, { code: 'Semicolon', key: ':' }, { code: 'Slash', key: '/' }, { code: 'Slash', key: '/' }]

  assert.deepEqual(typed([...address, ...keysOf('A1'), { code: 'Period', key: '.' }, ...keysOf('VN'), { code: 'Slash', key: '/' }, ...keysOf('T'), ENTER]), ['HTTPS://A1.VN/T'])
})

test('a Vietnamese input method does not change what a hand scanner types', () => {
  const keys = keysOf('AADDWW123').map((key) => ({ ...key, key: 'Process' }))

  assert.deepEqual(typed([...keys, ENTER]), ['AADDWW123'])
})

test('fingers are too slow to be a hand scanner', () => {
  assert.deepEqual(typed([...keysOf('DME4NT1RW'), ENTER], { gap: 200 }), [])
})

test('the close look is every third picture, and only after half a second in vain', () => {
  const looks = [1, 2, 3, 4, 5, 6].map((count) => isCloseLook(600, count))

  assert.deepEqual(looks, [false, false, true, false, false, true])
  assert.equal(isCloseLook(400, 3), false)
})

for (const [state, tone, text] of [
  [{ waiting: 0, refused: 0, reached: null, sentAt: null }, 'idle', 'strip_connecting'],
  [{ waiting: 0, refused: 0, reached: true, sentAt: '09:04' }, 'sent', 'strip_sent(09:04)'],
  [{ waiting: 2, refused: 0, reached: true, sentAt: '09:04' }, 'waiting', 'strip_sending(2)'],
  [{ waiting: 14, refused: 0, reached: false, sentAt: '09:04' }, 'waiting', 'strip_offline(14)'],
  [{ waiting: 0, refused: 0, reached: false, sentAt: '09:04' }, 'waiting', 'strip_offline_empty'],
  [{ waiting: 3, refused: 3, reached: true, sentAt: '09:04' }, 'refused', 'strip_refused(3)'],
]) {
  test(`the strip says ${text}`, () => {
    const line = strip(state, t)

    assert.deepEqual([line.tone, line.text], [tone, text])
  })
}

const form = (values) => readForm({ name: 'Lô Văn Khăm', birth_year: '', gender: '', hamlet: '', phone: '', ...values }, 2027)

test('a name is enough', () => {
  assert.deepEqual(form({ name: '  Lô  Văn Khăm ' }), { person: { name: 'Lô Văn Khăm' } })
})

test('what more was said goes along', () => {
  assert.deepEqual(form({ birth_year: '1958', gender: 'female', hamlet: 'Thôn 3', phone: '0912 345 678' }), {
    person: { name: 'Lô Văn Khăm', birth_year: 1958, phone: '0912345678', gender: 'female', hamlet: 'Thôn 3' },
  })
})

test('what cannot be is told at its field', () => {
  assert.deepEqual(form({ name: '12', birth_year: '2030', phone: '0912 345' }), {
    errors: { name: 'error_name', birth_year: 'error_birth_year', phone: 'error_phone' },
  })
})

const slot = (id, start, end, more = {}) => ({ id, start, end, activity: { title: id }, venue: 'Nhà văn hóa xã', space: 'Phòng họp', ...more })

test('slots to choose from: today first, then later days, then what is past', () => {
  const slots = [
    slot('yesterday', '2027-10-09T01:00:00Z', '2027-10-09T03:00:00Z'),
    slot('over', '2027-10-10T00:00:00Z', '2027-10-10T01:00:00Z'),
    slot('tomorrow', '2027-10-11T01:00:00Z', '2027-10-11T03:00:00Z'),
    slot('on', '2027-10-10T01:00:00Z', '2027-10-10T03:00:00Z'),
    slot('gone', '2027-10-10T01:00:00Z', '2027-10-10T03:00:00Z', { cancelled: true }),
  ]

  const order = choices(slots, Date.parse('2027-10-10T02:00:00Z')).map(({ id }) => id)

  assert.deepEqual(order, ['on', 'tomorrow', 'over', 'yesterday'])
})

test('a place is told by title, room and hours', () => {
  assert.deepEqual(describe(slot('Lớp học', '2027-10-10T01:00:00Z', '2027-10-10T03:00:00Z'), t), {
    title: 'Lớp học',
    detail: 'Phòng họp, Nhà văn hóa xã · 08:00–10:00 10/10',
  })
  assert.equal(placeOf({ space: 'Sân', venue: 'Sân' }), 'Sân')
})

test('a sentence gets its facts, and one that is missing is an error of ours', () => {
  const words = makeWords({ strip_offline: 'Mất mạng, máy giữ %(count)s lượt' })

  assert.equal(words('strip_offline', { count: 14 }), 'Mất mạng, máy giữ 14 lượt')
  assert.throws(() => words('nothing'))
})

test('no two answers sound or feel the same', () => {
  for (const table of [TONES, VIBRATIONS]) {
    const signatures = Object.values(table).map((signal) => JSON.stringify(signal))

    assert.equal(new Set(signatures).size, signatures.length)
  }
})
