/**
 * The answer as the volunteer sees it: {tone, shape, word, second, name, details, todo, buttons, sound, goes}.
 * `tone` is the ground, `goes` whether it leaves by itself: only where nothing is to be decided.
 */
import { dayOf, shortDate, timeOf } from './clock.mjs'
import { hoursOf, placeOf } from './places.mjs'
import { formatTyped } from './typed.mjs'

const WELL_BEFORE = 30 * 60 * 1000
const NEXT = { action: 'next', icon: 'next', key: 'button_next' }
const WALK_IN = { action: 'walk-in', icon: 'person', key: 'button_walk_in', isMain: true }
const TYPE = { action: 'type', icon: 'keys', key: 'button_type' }

/** Why a text is no pass of this event; the other reasons lie with the device, not with the pass. */
const NOT_PASSES = new Set(['forged', 'other_event', 'malformed', 'foreign', 'citizen_card'])

const VIEWS = {
  admitted: { tone: 'in', shape: 'disc', sound: 'in', goes: true },
  already_admitted: { tone: 'already', shape: 'clock', sound: 'already' },
  wrong_slot: { tone: 'elsewhere', shape: 'arrow', sound: 'elsewhere', goes: true },
  waiting: { tone: 'waiting', shape: 'hourglass', sound: 'waiting', goes: true },
  cancelled: { tone: 'stop', shape: 'barred', sound: 'cancelled', buttons: [WALK_IN, NEXT] },
  revoked: { tone: 'stop', shape: 'barred', sound: 'cancelled', buttons: [WALK_IN, NEXT] },
  invalid: { tone: 'stop', shape: 'cross', sound: 'wrong', buttons: [WALK_IN, TYPE, NEXT] },
  unknown: { tone: 'stop', shape: 'question', sound: 'wrong', buttons: [WALK_IN, TYPE, NEXT] },
  not_registered: { tone: 'unseated', shape: 'seat', sound: 'cancelled', buttons: [WALK_IN, NEXT] },
  recorded: { tone: 'in', shape: 'disc', sound: 'in', goes: true },
  undone: { tone: 'elsewhere', shape: 'arrow', sound: 'elsewhere', goes: true },
  genuine: { tone: 'real', shape: 'ring', sound: 'real' },
  spare: { tone: 'real', shape: 'ring', sound: 'real', buttons: [WALK_IN, NEXT] },
  walk_in_full: { tone: 'waiting', shape: 'hourglass', sound: 'waiting' },
  walk_in_kept: { tone: 'real', shape: 'ring', sound: 'real' },
  walk_in_wrong: { tone: 'stop', shape: 'cross', sound: 'wrong', buttons: [{ ...WALK_IN, key: 'button_mend' }, NEXT] },
}

/**
 * @param answer of the checker or of a walk-in
 * @param {{slots: Map, heardAt: number, now: number, t: Function}} known what names slots and words sentences
 */
export function view(answer, known) {
  const name = viewName(answer)
  const base = VIEWS[name]
  const words = WORDS[name]?.(answer, known) ?? {}
  const buttons = (base.buttons ?? [NEXT]).map((button) => ({ ...button, text: known.t(button.key) }))
  return { goes: false, second: '', todo: '', ...base, name: answer.person?.name ?? '', details: [], ...words, buttons }
}

function viewName(answer) {
  if (answer.walkIn) return { admitted: 'admitted', full: 'walk_in_full', kept: 'walk_in_kept', invalid: 'walk_in_wrong' }[answer.outcome] ?? 'walk_in_wrong'
  if (answer.spare) return 'spare'
  const isGenuine = answer.outcome === 'unknown' && answer.by === 'phone' && answer.verdict === 'valid'
  return isGenuine ? 'genuine' : answer.outcome in VIEWS ? answer.outcome : 'unknown'
}

const WORDS = {
  admitted: (answer, { slots, now, t }) => {
    const here = slots.get(answer.here)
    return {
      word: t('admitted'),
      details: [bornIn(answer, t), here?.activity.title, timely(here, now, t), madeCode(answer, t)].filter(Boolean),
      todo: here ? [placeOf(here), hoursOf(here)].filter(Boolean).join(', ') : t('admitted_todo'),
    }
  },
  already_admitted: (answer, { slots, t }) => ({
    word: answer.at ? t('already_admitted', { time: timeOf(answer.at) }) : t('already_admitted_once'),
    details: [bornIn(answer, t), slots.get(answer.here)?.activity.title ?? t('gate')].filter(Boolean),
    todo: t('already_admitted_todo'),
  }),
  wrong_slot: (answer, { slots, now, t }) => {
    const there = slots.get(answer.slot)
    if (!there) return { word: t('wrong_slot_unknown'), todo: t('wrong_slot_unknown_todo') }
    const facts = { place: (there.space || there.venue || '').toLocaleUpperCase('vi'), time: timeOf(there.start), date: shortDate(there.start) }
    const isToday = dayOf(there.start) === dayOf(now)
    return {
      word: isToday ? todayWord(facts, t) : t('wrong_slot_day', facts),
      details: [there.activity.title, placeOf(there)].filter(Boolean),
      todo: t('wrong_slot_todo', { hours: hoursOf(there), date: shortDate(there.start) }),
    }
  },
  waiting: (answer, { slots, t }) => ({
    word: t('waiting'),
    details: [positionOf(answer, t), slots.get(answer.here)?.activity.title].filter(Boolean),
    todo: t('waiting_todo'),
  }),
  cancelled: (answer, { slots, t }) => ({
    word: t('cancelled'),
    details: [t('cancelled_detail'), slots.get(answer.here)?.activity.title].filter(Boolean),
    todo: t('cancelled_todo'),
  }),
  revoked: (_, { t }) => ({ word: t('revoked'), details: [t('revoked_detail')], todo: t('revoked_todo') }),
  invalid: ({ reason, verdict = reason, detail }, { t }) => {
    if (!NOT_PASSES.has(verdict)) return { word: t('refused'), details: [detail].filter(Boolean), todo: t('refused_todo') }
    const word = t(verdict === 'other_event' ? 'invalid_other_event' : 'invalid')
    return { word, details: [t(`invalid_${verdict}_detail`)], todo: t(`invalid_${verdict}_todo`) }
  },
  unknown: (answer, { t }) => {
    const isKey = ['unknown_key', 'unknown_format'].includes(answer.reason ?? answer.verdict)
    return { word: t(isKey ? 'unknown_key' : 'unknown'), details: [codeOf(answer, t)].filter(Boolean), todo: t(isKey ? 'unknown_key_todo' : 'unknown_todo') }
  },
  not_registered: (answer, { slots, t }) => ({
    word: t('not_registered'),
    details: [bornIn(answer, t), slots.get(answer.here)?.activity.title].filter(Boolean),
    todo: t('not_registered_todo'),
  }),
  recorded: (_, { t }) => ({ word: t('recorded') }),
  undone: (_, { t }) => ({ word: t('undone') }),
  genuine: (answer, { heardAt, t }) => ({
    word: t('admitted'),
    second: t('genuine'),
    details: [heardAt ? t('genuine_detail', { time: timeOf(heardAt) }) : '', codeOf(answer, t)].filter(Boolean),
    todo: t('genuine_todo'),
  }),
  spare: (answer, { t }) => ({ word: t('spare'), details: [codeOf(answer, t)].filter(Boolean), todo: t('spare_todo') }),
  walk_in_full: (answer, { slots, t }) => ({
    word: t('walk_in_full'),
    details: [slots.get(answer.here)?.activity.title, madeCode(answer, t)].filter(Boolean),
    todo: t('walk_in_full_todo'),
  }),
  walk_in_kept: (_, { t }) => ({ word: t('walk_in_kept'), todo: t('walk_in_kept_todo') }),
  walk_in_wrong: ({ detail }, { t }) => ({ word: t('walk_in_wrong'), details: [detail].filter(Boolean), todo: t('walk_in_wrong_todo') }),
}

/** Where to go at once; a slot that has no place yet is named by its hour. */
function todayWord(facts, t) {
  return facts.place ? t('wrong_slot', facts) : t('wrong_slot_hour', { time: facts.time })
}

function bornIn({ person }, t) {
  return person?.birth_year ? t('born', { year: person.birth_year }) : ''
}

/**
 * Coming well before the slot, or after it, is worth a line; a few minutes early is how people come. By the time that the page shows:
 * the fact's own early and late go by the phone's clock, which may be wrong.
 */
function timely(here, now, t) {
  if (!here) return ''
  if (now >= Date.parse(here.end)) return t('late')
  return dayOf(here.start) !== dayOf(now) || Date.parse(here.start) - now > WELL_BEFORE ? t('early') : ''
}

function positionOf({ person, here }, t) {
  const position = person?.registrations?.find((registration) => registration.slot === here)?.position
  return position ? t('waiting_position', { position }) : ''
}

function codeOf({ typed }, t) {
  return typed ? t('code', { code: formatTyped(typed) }) : ''
}

function madeCode({ code }, t) {
  return code ? t('walk_in_code', { code }) : ''
}
