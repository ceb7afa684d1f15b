/** The scanner without a device: not enrolled yet, or revoked. */
import { byId } from './page.mjs'
import { wipe } from './store.mjs'

const WIPED = '?thu-hoi'

/** This device is no longer ours: nothing of it stays, neither on the disk nor in this page. */
export async function leave(store, camera) {
  camera?.stop()
  await wipe(store)
  location.replace(`/quet${WIPED}`)
}

/** Ask for the organiser's code; say it where the device was revoked a moment ago. */
export function showAlone() {
  const why = location.search === WIPED ? 'revoked' : 'new'
  history.replaceState(null, '', '/quet')
  byId('alone-title').textContent = byId('alone-title').dataset[why]
  byId('alone-revoked').hidden = why !== 'revoked'
  byId('alone').hidden = false
  byId('code-form').addEventListener('submit', (event) => {
    event.preventDefault()
    const code = byId('code').value.replace(/[^0-9a-z]/gi, '').toUpperCase()
    if (code) location.assign(`/quet/${code}`)
  })
}
