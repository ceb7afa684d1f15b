/** Makes this phone a scanner: one request with the organiser's code, then the token lies in IndexedDB. */
import { Api, Refused, Revoked, Unreachable } from './api.mjs'
import { Clock } from './clock.mjs'
import { Outbox } from './outbox.mjs'
import { byId, complain, sentences } from './page.mjs'
import { makeSend } from './sending.mjs'
import { openStore, wipe } from './store.mjs'
import { makeWords } from './words.mjs'

const t = makeWords(sentences())
const form = byId('enrol-form')

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const name = byId('holder').value.normalize('NFC').replace(/\s+/g, ' ').trim()
  complain('holder', name ? '' : t('enrol_name_missing'))
  if (!name) return byId('holder').focus()
  setBusy(true)
  const problem = await enrol(form.dataset.code, name)
  if (problem) {
    tell(problem)
    setBusy(false)
  } else location.replace('/quet')
})

/** Returns what went wrong as a sentence, or null. */
async function enrol(code, name) {
  let store
  try {
    store = await openStore()
    const waiting = await sendFormer(store)
    if (waiting) return t('enrol_waiting', { count: waiting })
  } catch {
    return t('enrol_storage')
  }
  try {
    const enrolled = await new Api().enrol(code, name)
    await wipe(store)
    store = await openStore()
    await store.set('device', { id: enrolled.device, token: enrolled.token, name })
    await navigator.storage?.persist?.().catch(() => false)
    return null
  } catch (error) {
    if (error instanceof Unreachable) return t('enrol_unreachable')
    if (error instanceof Refused) return error.problem.detail
    throw error
  } finally {
    store.close()
  }
}

/** What the phone still holds of an earlier enrolment goes out under its own token first. Returns how much could not. */
async function sendFormer(store) {
  const former = await store.get('device')
  if (!former) return 0
  const outbox = new Outbox(store, makeSend(new Api({ token: former.token }), new Clock()))
  try {
    await outbox.flush()
  } catch (error) {
    if (error instanceof Revoked) return 0
    throw error
  }
  return store.count()
}

function setBusy(isBusy) {
  byId('enrol-submit').disabled = isBusy
  byId('enrol-submit').textContent = t(isBusy ? 'enrol_busy' : 'enrol_submit')
}

function tell(problem) {
  byId('enrol-problem').textContent = problem
  byId('enrol-problem').hidden = false
}
