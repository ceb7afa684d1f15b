/** The scanner page: puts the modules together. */
import { leave, showAlone } from './alone.mjs'
import { Answering } from './answering.mjs'
import { Api } from './api.mjs'
import { Bundle } from './bundle.mjs'
import { CameraView, keepAwake } from './camera_view.mjs'
import { Checker } from './checker.mjs'
import { Clock } from './clock.mjs'
import { Entries } from './entries.mjs'
import { Held } from './held.mjs'
import { newId } from './ids.mjs'
import { HandScanner } from './keyboard.mjs'
import { Outbox } from './outbox.mjs'
import { byId, sentences } from './page.mjs'
import { makeSend } from './sending.mjs'
import * as sheets from './sheets.mjs'
import { makeVerifier } from './signature.mjs'
import { Sound } from './sound.mjs'
import { openStore } from './store.mjs'
import { openState, showState } from './state.mjs'
import { Station } from './station.mjs'
import { Sync } from './sync.mjs'
import { WalkIns } from './walk_ins.mjs'
import { makeWords } from './words.mjs'

const t = makeWords(sentences())

class Scanner {
  #store
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
  #answering
  #station
  #openFind

  constructor(store, device, verify) {
    this.#store = store
    this.#device = device
    const api = new Api({ token: device.token })
    const [bundle, clock] = [this.#bundle, this.#clock]
    this.#outbox = new Outbox(store, makeSend(api, clock))
    this.#entries = new Entries(store, clock)
    const parts = { bundle, clock, outbox: this.#outbox, entries: this.#entries, newId: () => newId(clock.phone()) }
    this.#walkIns = new WalkIns(parts)
    this.#checker = new Checker({ ...parts, verify, refresh: () => this.#sync.news() })
    this.#station = new Station({ store, bundle, clock, t, onMoved: () => this.#moved() })
    const leaves = () => leave(store, this.#camera)
    this.#sync = new Sync({
      ...parts, api,
      on: { changed: () => this.#changed(), results: (results) => this.#answering.correct(results), revoked: leaves },
    })
    this.#answering = new Answering({
      ...parts, api, sound: this.#sound, t,
      on: { shown: () => this.#sync.noted(), closed: () => this.#showState(), action: (name) => this.#act(name), revoked: leaves },
    })
  }

  async start() {
    byId('scanner').hidden = false
    byId('last-name').textContent = t('last_none')
    await this.#entries.load()
    this.#camera = new CameraView({ store: this.#store, t, onText: (text) => this.#see(text) })
    this.#listen()
    await this.#station.takeKept()
    await this.#showState()
    keepAwake()
    await Promise.all([this.#camera.start(), this.#sync.start()])
  }

  async #changed() {
    await this.#station.settle()
    await this.#showState()
  }

  async #moved() {
    this.#checker.here = this.#station.here
    await this.#showState()
  }

  #listen() {
    sheets.prepare()
    sheets.typeSheet(t, (text) => this.#typed(text))
    this.#openFind = sheets.findSheet(t, {
      search: (query) => this.#bundle.search(query),
      size: () => this.#bundle.size,
      titleOf: (slot) => this.#bundle.named.get(slot)?.activity.title ?? '',
      onChosen: (person) => this.#ask(() => this.#checker.choose(person)),
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
    if (this.#answering.isBusy || sheets.isAnyOpen()) return
    this.#answering.close()
    this.#ask(() => this.#checker.scan(text))
  }

  /** The camera sees a text. */
  #see(text) {
    const isReady = this.#station.isKnown && this.#answering.isFree && !sheets.isAnyOpen()
    if (this.#held.isNew(text, performance.now(), isReady)) this.#ask(() => this.#checker.scan(text))
  }

  async #ask(question) {
    if (this.#station.isKnown) await this.#answering.ask(question)
  }

  async #typed(text) {
    let isCode = false
    await this.#ask(async () => {
      const answer = await this.#checker.type(text)
      isCode = answer !== null
      if (isCode) sheets.close('type-sheet')
      return answer
    })
    return isCode
  }

  /** Returns whether the person is registered, so that the form may be emptied. */
  async #add(person) {
    const { spare } = this.#answering
    let outcome
    await this.#ask(async () => {
      const answer = await this.#walkIns.add(spare ? { ...person, spare } : person, this.#station.here)
      outcome = answer.outcome
      sheets.close('add-sheet')
      return answer
    })
    return outcome !== undefined && outcome !== 'invalid'
  }

  #act(action) {
    this.#sound.unlock()
    if (action === 'type') sheets.openTyped()
    else if (action === 'find') this.#openFind()
    else if (action === 'walk-in') sheets.openAdd(this.#bundle.device.commune_name)
    else if (action === 'place') this.#station.choose()
    else if (action === 'state') this.#openState()
  }

  #showState() {
    return showState({
      bundle: this.#bundle, clock: this.#clock, here: this.#station.here, entries: this.#entries, outbox: this.#outbox, sync: this.#sync, t,
    })
  }

  #openState() {
    return openState({ bundle: this.#bundle, clock: this.#clock, name: this.#bundle.device.name ?? this.#device.name, camera: this.#camera, t })
  }
}

const store = await openStore()
const device = await store.get('device')
if (device) await new Scanner(store, device, await makeVerifier()).start()
else showAlone()
