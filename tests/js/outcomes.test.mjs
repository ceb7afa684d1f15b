/** The contract's table, on the cases that Python runs too; in the order given, backwards, and with every fact twice. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { dayOf } from '../../static/scanner/clock.mjs'
import { judge, settle } from '../../static/scanner/outcomes.mjs'
import { read } from './kit.mjs'

const { slots, cases } = read('cases/outcomes.json')
const doors = new Map(
  Object.entries(slots).map(([id, { admission, start, end }]) => [
    id,
    { isOpen: admission === 'open', startsAt: Date.parse(start), endsAt: Date.parse(end), day: dayOf(start) },
  ]),
)

function factsOf({ facts, devices = {} }) {
  return facts.map(({ device, id, kind, pass = null, slot = null, at, of, by = 'scan', read: verdict = null, commune = '17329' }) => {
    const { slots: place, manual = true } = devices[device] ?? {}
    const isInPlace = slot === null || !place || place.includes(slot)
    return { device, id, kind, pass, commune, slot, day: dayOf(at), at: Date.parse(at), of, verdict: judge(verdict, by, { isInPlace, maySearch: manual }) }
  })
}

function standingsOf(passes) {
  return new Map(
    Object.entries(passes).map(([key, { revoked = false, registrations = [] }]) => {
      const states = new Map()
      for (const { slot, status } of registrations) states.set(slot, [...(states.get(slot) ?? []), status])
      return [key, { isRevoked: revoked, registrations: states }]
    }),
  )
}

/** As the cases write it: only what is there, moments as milliseconds. */
function plain({ outcome, early, late, slot, at, device }) {
  return { outcome, ...(early && { early }), ...(late && { late }), ...(slot && { slot }), ...(at && { at }), ...(device && { device }) }
}

for (const item of cases) {
  const facts = factsOf(item)
  const expected = Object.fromEntries(
    Object.entries(item.outcomes).map(([key, outcome]) => [key, outcome.at ? { ...outcome, at: Date.parse(outcome.at) } : outcome]),
  )
  for (const [order, arranged] of Object.entries({ forwards: facts, backwards: [...facts].reverse(), twice: [...facts, ...facts] })) {
    test(`${item.name} (${order})`, () => {
      const settled = settle(arranged, standingsOf(item.passes), doors)

      const outcomes = Object.fromEntries([...settled].map(([key, outcome]) => [key.replace(' ', '/'), plain(outcome)]))
      assert.deepEqual(outcomes, expected)
    })
  }
}
