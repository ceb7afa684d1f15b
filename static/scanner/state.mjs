/** Where the device stands, how many it let in, and where the scans are: the head of the page and the sheet behind the strip. */
import { lengthOf, timeOf } from './clock.mjs'
import { byId, element, icon } from './page.mjs'
import { describe } from './places.mjs'
import { open } from './sheets.mjs'
import { strip } from './strip.mjs'

const LONG_TITLE = 22

export async function showState({ bundle, clock, here, entries, outbox, sync, t }) {
  const { title, detail } = describe(bundle.slots.get(here) ?? null, t)
  byId('place-title').textContent = title
  byId('place-title').dataset.long = title.length > LONG_TITLE ? 'yes' : 'no'
  byId('place-detail').textContent = detail
  byId('count').textContent = String(entries.admittedAt(here))
  byId('find').hidden = !bundle.device.manual
  showClock(clockNotice(clock.off, t))
  const state = await outbox.state()
  showStrip(strip({ ...state, sentAt: sync.sentAt && timeOf(sync.sentAt) }, t))
}

function showStrip({ tone, icon: name, text }) {
  byId('strip').dataset.tone = tone
  byId('strip-icon').replaceChildren(icon(name))
  if (byId('strip-text').textContent !== text) byId('strip-text').textContent = text // a status that is said aloud
  byId('state-strip').textContent = text
}

export async function openState({ bundle, clock, name, camera, t }) {
  const isPersistent = await navigator.storage?.persisted?.().catch(() => false)
  const facts = [
    t('device_name', { name }),
    bundle.heardAt ? t('list_heard', { time: timeOf(bundle.heardAt), count: bundle.size }) : t('list_none'),
    clockNotice(clock.off, t),
    clock.off ? t('clock_kept') : '',
    t(isPersistent ? 'storage_kept' : 'storage_loose'),
  ]
  byId('state-facts').replaceChildren(...facts.filter(Boolean).map((fact) => element('li', { textContent: fact })))
  open('state-sheet')
  byId('camera-choices').replaceChildren(...(await camera.choices()))
}

function showClock(text) {
  byId('clock').hidden = !text
  if (byId('clock-text').textContent !== text) byId('clock-text').textContent = text // a status that is said aloud
}

/** By how much the phone's clock is wrong and how to mend it, or nothing. It closes no gate: scanning goes on. */
export function clockNotice(off, t) {
  if (!off) return ''
  const { unit, count } = lengthOf(off)
  return t(off > 0 ? 'clock_fast' : 'clock_slow', { length: t(unit, { count }) })
}
