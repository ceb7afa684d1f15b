/** The camera on the page: the picture, what is wrong with it, its light, its zoom, and which one. */
import { Camera } from './camera.mjs'
import { Decoder } from './decoder.mjs'
import { byId, element } from './page.mjs'

export class CameraView {
  #camera
  #decoder
  #store
  #t
  #isLit = false
  #isZoomed = false
  #isReady = false

  constructor({ store, t, onText }) {
    this.#store = store
    this.#t = t
    const video = byId('video')
    this.#decoder = new Decoder({
      makeWorker: () => new Worker(new URL('./decode-worker.mjs', import.meta.url), { type: 'module' }),
      onText,
      onReady: () => this.#setReady(),
      onFailure: () => this.#problem('decoder'),
    })
    this.#camera = new Camera({
      video,
      onFrame: () => this.#decoder.look(() => createImageBitmap(video)),
      onProblem: (problem) => (problem ? this.#problem(problem.code) : this.#running()),
    })
    byId('hint').textContent = t('hint_starting')
    byId('camera-again').addEventListener('click', () => this.start())
    byId('torch').addEventListener('click', () => this.#light(!this.#isLit))
    byId('zoom').addEventListener('click', () => this.#zoom(!this.#isZoomed))
    this.#tools()
  }

  async start() {
    this.#camera.chosen = (await this.#store.get('camera')) ?? null
    document.addEventListener('visibilitychange', this.#follow)
    if (document.visibilityState === 'visible') await this.#camera.start()
  }

  stop() {
    document.removeEventListener('visibilitychange', this.#follow)
    this.#camera.stop()
  }

  /** The cameras as radio choices; choosing one is remembered. */
  async choices() {
    const cameras = await this.#camera.list()
    return cameras.map(({ id, label }, i) => {
      const input = element('input', { type: 'radio', name: 'camera', value: id, checked: id === this.#chosenOf(cameras) })
      input.addEventListener('change', () => this.#choose(id))
      return element('label', { className: 'choice' }, input, element('span', { textContent: label || this.#t('camera_number', { number: i + 1 }) }))
    })
  }

  #follow = () => (document.visibilityState === 'visible' ? this.#camera.start() : this.#camera.stop())

  #chosenOf(cameras) {
    const open = byId('video').srcObject?.getVideoTracks()[0]?.getSettings().deviceId
    return this.#camera.chosen ?? open ?? cameras[0]?.id
  }

  async #choose(id) {
    this.#camera.chosen = id
    await this.#store.set('camera', id)
    await this.#camera.start()
  }

  #setReady() {
    this.#isReady = true
    byId('hint').textContent = this.#t('hint')
    byId('camera').dataset.ready = 'yes'
  }

  #running() {
    byId('camera-problem').hidden = true
    byId('hint').hidden = false
    this.#isLit = false
    this.#zoom(this.#isZoomed)
    if (this.#isReady) byId('hint').textContent = this.#t('hint')
  }

  #problem(code) {
    byId('camera-problem-text').textContent = this.#t(`camera_${code}`)
    byId('camera-problem').hidden = false
    byId('hint').hidden = true
    this.#tools()
  }

  async #light(isOn) {
    await this.#camera.light(isOn).then(
      () => (this.#isLit = isOn),
      () => {},
    )
    this.#tools()
  }

  /** By the camera where it can, else by enlarging the middle of the picture. */
  async #zoom(isOn) {
    this.#isZoomed = isOn
    const { zoom } = this.#camera.abilities()
    if (zoom) await this.#camera.zoom(isOn ? Math.min(2, zoom.max) : Math.max(1, zoom.min)).catch(() => {})
    byId('camera').classList.toggle('camera--close', isOn && !zoom)
    this.#decoder.isAlwaysClose = isOn && !zoom
    this.#tools()
  }

  #tools() {
    byId('torch').disabled = !this.#camera.abilities().torch
    for (const [id, isOn, key] of [['torch', this.#isLit, 'light'], ['zoom', this.#isZoomed, 'zoom']]) {
      byId(id).setAttribute('aria-pressed', String(isOn))
      byId(`${id}-text`).textContent = this.#t(`${key}_${isOn ? 'on' : 'off'}`)
    }
  }
}

/** The screen stays on while the page is seen. */
export function keepAwake() {
  const ask = () => document.visibilityState === 'visible' && navigator.wakeLock?.request('screen').catch(() => {})
  document.addEventListener('visibilitychange', ask)
  ask()
}
