/**
 * The camera: opened, watched, closed. One that gives no picture for two seconds is opened anew, once; when the page is hidden
 * the tracks are stopped (or iOS shows black on return).
 */
const SILENCE = 2000
const WIDE = { width: { ideal: 1280 }, height: { ideal: 720 } }

export class CameraProblem extends Error {
  /** @param {'denied'|'missing'|'busy'|'insecure'|'silent'} code */
  constructor(code) {
    super(code)
    this.code = code
  }
}

export class Camera {
  #video
  #devices
  #onFrame
  #onProblem
  #stream = null
  #watch = null
  #frameAt = 0
  #restarts = 0
  #run = 0
  /** The id of the camera to open, or null for the one at the back. */
  chosen = null

  constructor({ video, devices = globalThis.navigator?.mediaDevices, onFrame, onProblem }) {
    this.#video = video
    this.#devices = devices
    this.#onFrame = onFrame
    this.#onProblem = onProblem
  }

  /** Open the chosen camera; what goes wrong is told to `onProblem`. */
  async start() {
    this.#restarts = 0
    await this.#open()
  }

  stop() {
    this.#run += 1
    clearInterval(this.#watch)
    for (const track of this.#stream?.getTracks() ?? []) track.stop()
    this.#stream = null
    this.#video.srcObject = null
  }

  /** The cameras, [{id, label}]; labels are empty until one was allowed. */
  async list() {
    const all = (await this.#devices?.enumerateDevices()) ?? []
    return all.filter((device) => device.kind === 'videoinput').map((device) => ({ id: device.deviceId, label: device.label }))
  }

  /** {torch, zoom}: whether the open camera has a light, and how far it zooms (null: not at all). */
  abilities() {
    const able = this.#track()?.getCapabilities?.() ?? {}
    return { torch: Boolean(able.torch), zoom: able.zoom?.max > 1 ? { min: able.zoom.min, max: able.zoom.max } : null }
  }

  async light(isOn) {
    await this.#track()?.applyConstraints({ advanced: [{ torch: isOn }] })
  }

  async zoom(factor) {
    await this.#track()?.applyConstraints({ advanced: [{ zoom: factor }] })
  }

  #track() {
    return this.#stream?.getVideoTracks()[0]
  }

  async #open() {
    this.stop()
    const run = this.#run
    try {
      if (!this.#devices?.getUserMedia) throw new CameraProblem('insecure')
      const stream = await this.#ask()
      if (run !== this.#run) {
        for (const track of stream.getTracks()) track.stop()
        return
      }
      this.#stream = stream
      this.#video.srcObject = stream
      await this.#video.play()
      this.#onProblem(null)
      this.#follow(run)
    } catch (error) {
      if (run === this.#run) this.#onProblem(problemOf(error))
    }
  }

  /** The camera that was chosen, unless it is gone; else the one at the back. */
  async #ask() {
    if (this.chosen) {
      try {
        return await this.#devices.getUserMedia({ audio: false, video: { deviceId: { exact: this.chosen }, ...WIDE } })
      } catch (error) {
        if (problemOf(error).code !== 'missing') throw error
      }
    }
    return this.#devices.getUserMedia({ audio: false, video: { facingMode: { ideal: 'environment' }, ...WIDE } })
  }

  #follow(run) {
    this.#frameAt = performance.now()
    const next = () => {
      if (run !== this.#run) return
      this.#frameAt = performance.now()
      this.#onFrame()
      this.#video.requestVideoFrameCallback(next)
    }
    if (this.#video.requestVideoFrameCallback) this.#video.requestVideoFrameCallback(next)
    else this.#poll(run)
    this.#watch = setInterval(() => this.#check(), SILENCE / 4)
  }

  /** Browsers without frame callbacks: look at the clock of the picture. */
  #poll(run) {
    let shown = -1
    const look = () => {
      if (run !== this.#run) return
      if (this.#video.currentTime !== shown) {
        shown = this.#video.currentTime
        this.#frameAt = performance.now()
        this.#onFrame()
      }
      requestAnimationFrame(look)
    }
    look()
  }

  #check() {
    if (performance.now() - this.#frameAt < SILENCE) return
    if (this.#restarts++) {
      this.stop()
      this.#onProblem(new CameraProblem('silent'))
    } else this.#open()
  }
}

function problemOf(error) {
  if (error instanceof CameraProblem) return error
  const codes = { NotAllowedError: 'denied', SecurityError: 'denied', NotFoundError: 'missing', OverconstrainedError: 'missing' }
  return new CameraProblem(codes[error?.name] ?? 'busy')
}
