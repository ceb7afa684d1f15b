/** The scanner page: puts the modules together. */
import { leave, showAlone } from './alone.mjs'
import { AnswerScreen } from './answer_screen.mjs'
import { view } from './answers.mjs'
import { Api, Revoked } from './api.mjs'
import { Bundle } from './bundle.mjs'
import { CameraView, keepAwake } from './camera_view.mjs'
import { Checker } from './checker.mjs'
import { Clock, timeOf } from './clock.mjs'
import { Entries } from './entries.mjs'
import { Held } from './held.mjs'
import { newId } from './ids.mjs'
import { HandScanner } from './keyboard.mjs'
import { showLast } from './last.mjs'
import { Outbox } from './outbox.mjs'
import { byId, sentences } from './page.mjs'
import { makeSend } from './sending.mjs'
import * as sheets from './sheets.mjs'
import { makeVerifier } from './signature.mjs'
import { Sound } from './sound.mjs'
import { openStore } from './store.mjs'
import { openState, showState } from './state.mjs'
import { Sync } from './sync.mjs'
import { WalkIns } from './walk_ins.mjs'
import { formatTyped } from './typed.mjs'
import { makeWords } from './words.mjs'

const t = makeWords(sentences())

class Scanner {
  #store
  #api
  #device
  #clock = new Clock()
  #bundle = new Bundle()
  #held = new Held()
  #sound = new Sound()
  #outbox
  #entries
  #checker
  #walkIns
  #sync
  #camera
  #answers
  #openFind
  #isBusy = false
  /** Nothing is scanned before it is known where. */
  #isPlaced = false
  #clockOff = 0
  /** The pre-printed pass that the next walk-in gets, if one was just shown. */
  #spare = null

  constructor(store, device, verify) {
    this.#store = store
    const api = new Api({ token: device.token })
    this.#api = api
    this.#device = device
    this.#outbox = new Outbox(store, makeSend(api, this.#clock))
    this.#entries = new Entries(store, this.#clock)
    const parts = { bundle: this.#bundle, outbox: this.#outbox, entries: this.#entries, clock: this.#clock, newId: () => newId(this.#clock.now()) }
    this.#walkIns = new WalkIns(parts)
    this.#sync = new Sync({
      outbox: this.#outbox, api, bundle: this.#bundle, clock: this.#clock,
      on: {
        changed: () => this.#changed(),
        results: (results) => this.#correct(results),
        revoked: () => leave(store, this.#camera),
        clockWrong: (by) => (this.#clockOff = by),
      },
    })
    this.#checker = new Checker({ ...parts, verify, refresh: () => this.#sync.news() })
    this.#answers = new AnswerScreen({ onAction: (action) => this.#act(action), onClosed: () => this.#showState() })
  }

  async start() {
    byId('scanner').hidden = false
    byId('last-name').textContent = t('last_none')
    await this.#entries.load()
    this.#camera = new CameraView({ store: this.#store, t, onText: (text) => this.#see(text) })
    this.#listen()
    await this.#takeKeptPlace()
    await this.#showState()
    keepAwake()
    await Promise.all([this.#camera.start(), this.#sync.start()])
  }

  async #changed() {
    if (this.#bundle.heardAt && !this.#isAtPlace()) await this.#place()
    await this.#showState()
  }

  #listen() {
    sheets.prepare()
    sheets.typeSheet(t, (text) => this.#typed(text))
    this.#openFind = sheets.findSheet(t, {
      search: (query) => this.#bundle.search(query),
      size: () => this.#bundle.size,
      titleOf: (slot) => this.#bundle.named.get(slot)?.activity.title ?? '',
      onChosen: (person) => this.#answer(() => this.#checker.choose(person)),
    })
    sheets.addSheet(t, { year: () => new Date(this.#clock.now()).getFullYear(), onPerson: (person) => this.#add(person) })
    const hand = new HandScanner((text) => this.#hand(text))
    document.addEventListener('keydown', (event) => {
      const isTyping = event.target.matches('input, textarea') || event.ctrlKey || event.altKey || event.metaKey
      if (!isTyping && hand.press(event, event.timeStamp)) event.preventDefault()
    }, true)
    for (const tap of ['pointerdown', 'keydown']) document.addEventListener(tap, () => this.#sound.unlock())
    const actions = { type: 'type', find: 'find', add: 'walk-in', place: 'place', strip: 'state' }
    for (const [id, action] of Object.entries(actions)) byId(id).addEventListener('click', () => this.#act(action))
    byId('send-now').addEventListener('click', () => this.#sync.run({ force: true }))
  }

  /** A hand scanner was pulled on purpose: what stands on the screen gives way. */
  #hand(text) {
    if (this.#isBusy || sheets.isAnyOpen()) return
    this.#answers.close()
    this.#answer(() => this.#checker.scan(text))
  }

  /** The camera sees a text. */
  #see(text) {
    const isReady = this.#isPlaced && !this.#isBusy && !sheets.isAnyOpen() && (!this.#answers.isOpen || this.#answers.goes)
    if (this.#held.isNew(text, performance.now(), isReady)) this.#answer(() => this.#checker.scan(text))
  }

  async #typed(text) {
    let isCode = false
    await this.#answer(async () => {
      const answer = await this.#checker.type(text)
      isCode = answer !== null
      if (isCode) sheets.close('type-sheet')
      return answer
    })
    return isCode
  }

  /** Returns whether the person is registered, so that the form may be emptied. */
  async #add(person) {
    let outcome
    await this.#answer(async () => {
      const answer = await this.#walkIns.add(this.#spare ? { ...person, spare: this.#spare } : person, this.#checker.here)
      outcome = answer.outcome
      sheets.close('add-sheet')
      return answer
    })
    return outcome !== undefined && outcome !== 'invalid'
  }

  async #answer(ask) {
    if (this.#isBusy || !this.#isPlaced) return
    this.#isBusy = true
    byId('camera').dataset.busy = 'yes'
    try {
      const answer = await ask()
      if (answer) this.#show(answer)
    } catch (error) {
      if (!(error instanceof Revoked)) throw error
      await leave(this.#store, this.#camera)
    } finally {
      this.#isBusy = false
      byId('camera').dataset.busy = 'no'
    }
  }

  #show(answer) {
    this.#spare = answer.spare ?? null
    const shown = view(answer, this.#known())
    const at = timeOf(this.#clock.now())
    this.#sound.play(shown.sound)
    this.#answers.show(shown, { place: byId('place-title').textContent, time: at })
    if (answer.isKept === false) byId('answer-todo').textContent = t('not_kept')
    showLast(shown, at)
    if (answer.typed && !answer.person && answer.by === 'server') this.#nameLater(answer, at)
    this.#sync.noted()
  }

  /** The pass is younger than our list: ask who it is, and fill it in. */
  async #nameLater(answer, at) {
    const pass = await this.#api.pass(formatTyped(answer.typed)).catch(() => null)
    if (!pass) return
    this.#bundle.takePass(pass)
    const shown = view({ ...answer, person: this.#bundle.person(answer.typed) }, this.#known())
    if (this.#answers.isOpen) this.#answers.name(shown.name, shown.details)
    showLast(shown, at)
  }

  #known() {
    return { slots: this.#bundle.named, heardAt: this.#bundle.heardAt, now: this.#clock.now(), t }
  }

  /** The server has answered for what was settled here: where it says otherwise, say so. */
  async #correct(results) {
    for (const [id, result] of results) {
      const changed = await this.#entries.correct(id, result.outcome)
      if (!changed || (changed.wasLetIn && result.outcome === 'admitted')) continue
      const person = this.#bundle.person(changed.typed)
      const shown = view({ ...result, person, by: 'server', here: changed.slot, typed: changed.typed }, this.#known())
      showLast(shown, timeOf(changed.at), (word) => t('last_changed', { word }))
    }
  }

  #act(action) {
    this.#sound.unlock()
    if (action === 'type') sheets.openTyped()
    else if (action === 'find') this.#openFind()
    else if (action === 'walk-in') this.#openAdd()
    else if (action === 'place') this.#openPlaces()
    else if (action === 'state') this.#openState()
  }

  #openAdd() {
    const name = this.#bundle.device.commune_name ?? ''
    byId('consent').textContent = byId('consent').textContent.replace('{commune}', name.slice(0, 1).toLowerCase() + name.slice(1))
    sheets.open('add-sheet')
    byId('name').focus()
  }

  #openPlaces() {
    sheets.showPlaces(t, {
      slots: this.#bundle.slots.values(), here: this.#checker.here, mayGate: this.#mayGate(), now: this.#clock.now(),
      onChosen: (id) => this.#setPlace(id),
    })
  }

  #mayGate() {
    return !this.#bundle.device.slots?.length // a device for some slots stands at those
  }

  async #takeKeptPlace() {
    const kept = await this.#store.get('place')
    if (!kept) return
    this.#checker.here = kept.slot
    this.#isPlaced = true
  }

  /** Whether the place that was chosen is still one of this device's. */
  #isAtPlace() {
    const { here } = this.#checker
    return this.#isPlaced && (here === null ? this.#mayGate() : this.#bundle.slots.has(here))
  }

  /** The only place there is, or a choice. */
  async #place() {
    const { slots } = this.#bundle
    const places = [...(this.#mayGate() ? [null] : []), ...slots.keys()]
    if (places.length) await this.#setPlace(places[0])
    if (places.length > 1) this.#openPlaces()
  }

  async #setPlace(id) {
    this.#checker.here = id
    this.#isPlaced = true
    await this.#store.set('place', { slot: id })
    await this.#showState()
  }

  #showState() {
    return showState({ bundle: this.#bundle, here: this.#checker.here, entries: this.#entries, outbox: this.#outbox, sync: this.#sync, t })
  }

  async #openState() {
    await openState({ bundle: this.#bundle, name: this.#device.name, clockOff: this.#clockOff, camera: this.#camera, t })
  }
}

const store = await openStore()
const device = await store.get('device')
if (device) await new Scanner(store, device, await makeVerifier()).start()
else showAlone()
