/** The page's side of the decode worker: one picture at a time, those that come meanwhile are dropped. */
const PATIENCE = 500
const EVERY = 3

/** Whether to look at the middle, enlarged: every third picture once nothing was read for half a second. */
export function isCloseLook(sinceRead, count) {
  return sinceRead > PATIENCE && count % EVERY === 0
}

export class Decoder {
  #makeWorker
  #worker
  #now
  #onText
  #onReady
  #onFailure
  #isBusy = false
  #isStarted = false
  #restarts = 0
  #count = 0
  #readAt = 0

  /** Zoomed in by hand: look at the middle only. */
  isAlwaysClose = false

  constructor({ makeWorker, onText, onReady = () => {}, onFailure = () => {}, now = () => performance.now() }) {
    this.#makeWorker = makeWorker
    this.#onText = onText
    this.#onReady = onReady
    this.#onFailure = onFailure
    this.#now = now
    this.#start()
  }

  /** Look at a picture. `grab` makes the ImageBitmap; it is called only when the worker is free. */
  async look(grab) {
    if (this.#isBusy || !this.#isStarted) return
    this.#isBusy = true
    this.#count += 1
    const isClose = this.isAlwaysClose || isCloseLook(this.#now() - this.#readAt, this.#count)
    try {
      const bitmap = await grab()
      this.#worker.postMessage({ bitmap, isClose }, [bitmap])
    } catch {
      this.#isBusy = false
    }
  }

  #start() {
    this.#worker = this.#makeWorker()
    this.#worker.addEventListener('message', ({ data }) => this.#hear(data))
    this.#worker.addEventListener('error', () => this.#restart())
  }

  #hear({ ready, failed, text }) {
    if (ready) {
      this.#isStarted = true
      this.#onReady()
      return
    }
    if (failed) return void this.#restart()
    this.#isBusy = false
    if (text) {
      this.#readAt = this.#now()
      this.#onText(text)
    }
  }

  /** Once; a decoder that dies again is told, and codes are typed. */
  #restart() {
    this.#worker.terminate()
    this.#isBusy = this.#isStarted = false
    if (this.#restarts++) this.#onFailure()
    else this.#start()
  }
}
