/**
 * What check-ins mean: the contract's table as a pure rule, the same as `checkins/domain.py` and on the same cases
 * (tests/cases/outcomes.json). A fact is only ever added; its outcome is derived from all facts that are known, in any order.
 *
 * A fact: {device, id, kind: entry|exit|stamp|undo, pass or null, commune, slot (null: the gate), day, at (ms), of?, verdict?}.
 * Standings by pass: {isRevoked, registrations: Map slot → states}. Doors by slot: {isOpen, startsAt (ms), endsAt (ms), day}.
 */

const UNKNOWN = new Set(['unknown_key', 'unknown_format', 'nobody', 'unbound'])

/** Why a well-formed record proves nothing, or null. `verdict` is of reading its pass. */
export function judge(verdict, by, { isInPlace, maySearch }) {
  if (!isInPlace) return 'outside'
  return by === 'search' && !maySearch ? 'no_search' : verdict
}

/** Returns a Map from `device id` to {outcome, early, late} and, where it helps, {at, device} of the entry that admitted or {slot} to go to. */
export function settle(facts, standings, doors) {
  const known = new Map(facts.map((fact) => [keyOf(fact), fact]))
  const undone = undoneKeys([...known.values()])
  const entries = [...known].filter(([key, fact]) => fact.kind === 'entry' && !undone.has(key) && mayEnter(fact, standings, doors))
  const first = firstByPlace(entries.map(([, fact]) => fact))
  const attended = new Set([...first.values()].map((fact) => `${fact.pass} ${fact.slot}`))
  const seen = { first, attended, standings, doors }
  return new Map([...known].map(([key, fact]) => [key, { ...outcomeOf(fact, undone.has(key), seen), ...timeliness(fact, seen) }]))
}

export function keyOf({ device, id }) {
  return `${device} ${id}`
}

/**
 * The keys that an undo takes back, whether the facts came yet or not; an undo that is itself undone takes nothing back.
 * Undos that take each other back in a circle change nothing.
 */
function undoneKeys(facts) {
  const undos = facts.filter((fact) => fact.kind === 'undo' && !fact.verdict && fact.of)
  const target = new Map(undos.map((fact) => [keyOf(fact), keyOf({ device: fact.device, id: fact.of })]))
  const against = new Map()
  for (const key of target.values()) against.set(key, (against.get(key) ?? 0) + 1)
  const undone = new Set()
  const standing = [...target.keys()].filter((key) => !against.has(key))
  while (standing.length) {
    const takenBack = target.get(standing.pop())
    if (undone.has(takenBack)) continue
    undone.add(takenBack)
    const freed = target.get(takenBack)
    if (freed === undefined) continue
    against.set(freed, against.get(freed) - 1)
    if (against.get(freed) === 0 && target.has(freed) && !undone.has(freed)) standing.push(freed)
  }
  return undone
}

/** Whether the pass may enter here: at the gate, where the slot is open, or where it is confirmed. */
function admits(fact, standing, doors) {
  return fact.slot === null || Boolean(doors.get(fact.slot)?.isOpen) || isAt(standing, fact.slot, 'confirmed')
}

function isAt(standing, slot, state) {
  return slot !== null && (standing.registrations.get(slot) ?? []).includes(state)
}

function mayEnter(fact, standings, doors) {
  const standing = standings.get(fact.pass)
  return !fact.verdict && standing !== undefined && !standing.isRevoked && admits(fact, standing, doors)
}

/** A pass is admitted once at a slot and day; at the gate once a day and commune. */
function placeOf(fact) {
  return `${fact.pass} ${fact.slot ?? fact.commune} ${fact.day}`
}

function firstByPlace(entries) {
  const first = new Map()
  for (const fact of entries) {
    const other = first.get(placeOf(fact))
    if (!other || isEarlier(fact, other)) first.set(placeOf(fact), fact)
  }
  return first
}

function isEarlier(a, b) {
  if (a.at !== b.at) return a.at < b.at
  return a.id !== b.id ? a.id < b.id : a.device < b.device
}

/** The first line of the contract's table that applies. */
function outcomeOf(fact, isUndone, { first, attended, standings, doors }) {
  const standing = standings.get(fact.pass)
  const refusal = refusalOf(fact, standing)
  if (refusal) return { outcome: refusal }
  if (isUndone) return { outcome: 'undone' }
  if (fact.kind !== 'entry' || !standing) return { outcome: 'recorded' }
  if (!admits(fact, standing, doors)) return unseated(fact, standing, attended, doors)
  const admitted = first.get(placeOf(fact))
  return admitted === fact ? { outcome: 'admitted' } : { outcome: 'already_admitted', at: admitted.at, device: admitted.device }
}

function refusalOf(fact, standing) {
  if (fact.verdict) return UNKNOWN.has(fact.verdict) ? 'unknown' : 'invalid'
  if (!standing) return fact.kind === 'undo' ? null : 'unknown'
  return standing.isRevoked ? 'revoked' : null
}

function unseated(fact, standing, attended, doors) {
  if (isAt(standing, fact.slot, 'waiting')) return { outcome: 'waiting' }
  const elsewhere = [...standing.registrations.keys()].filter((slot) => isAt(standing, slot, 'confirmed'))
  if (elsewhere.length) return { outcome: 'wrong_slot', slot: nearest(fact, elsewhere, attended, doors) }
  return { outcome: isAt(standing, fact.slot, 'cancelled') ? 'cancelled' : 'not_registered' }
}

/** That day's slot not yet attended comes first, then the nearest in time; a slot that is not known here comes last. */
function nearest(fact, slots, attended, doors) {
  const ranked = slots.map((slot) => {
    const door = doors.get(slot)
    if (!door) return [2, 0, slot]
    const isDue = door.day === fact.day && !attended.has(`${fact.pass} ${slot}`)
    return [isDue ? 0 : 1, Math.abs(door.startsAt - fact.at), slot]
  })
  return ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1))[0][2]
}

function timeliness(fact, { standings, doors }) {
  const door = doors.get(fact.slot)
  const isInvalid = refusalOf(fact, standings.get(fact.pass)) === 'invalid'
  if (!door || fact.kind === 'undo' || isInvalid) return { early: false, late: false }
  return { early: fact.at < door.startsAt, late: fact.at >= door.endsAt }
}
