/** Where a device checks in: a slot, or the gate. Slots are those of the bundle, as the API tells them. */
import { dayOf, shortDate, timeOf } from './clock.mjs'

/** The place in words: {title, detail}. */
export function describe(slot, t) {
  if (!slot) return { title: t('gate'), detail: t('gate_detail') }
  return { title: slot.activity.title, detail: [placeOf(slot), `${hoursOf(slot)} ${shortDate(slot.start)}`].filter(Boolean).join(' · ') }
}

/** `Phòng họp, Nhà văn hóa xã`, or what of it is known. */
export function placeOf(slot) {
  return [slot.space, slot.venue].filter((part, i, all) => part && all.indexOf(part) === i).join(', ')
}

/** `08:00–10:00`. */
export function hoursOf(slot) {
  return `${timeOf(slot.start)}–${timeOf(slot.end)}`
}

/** The slots to choose from: what is on now or next comes first, past ones and other days after; cancelled ones never. */
export function choices(slots, now) {
  const rank = (slot) => {
    if (dayOf(slot.start) !== dayOf(now)) return Date.parse(slot.end) < now ? 3 : 1
    return Date.parse(slot.end) < now ? 2 : 0
  }
  return [...slots]
    .filter((slot) => !slot.cancelled)
    .sort((a, b) => rank(a) - rank(b) || Date.parse(a.start) - Date.parse(b.start) || (a.activity.title < b.activity.title ? -1 : 1))
}
