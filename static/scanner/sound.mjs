/** What an answer sounds and feels like: told apart in a noisy yard, without looking. Made by Web Audio, nothing to load. */

/** Per sound its tones: [Hz, start in s, length in s]. */
export const TONES = {
  in: [[1320, 0, 0.18]],
  real: [[1320, 0, 0.18], [1320, 0.26, 0.07]],
  already: [[740, 0, 0.16], [740, 0.24, 0.16]],
  elsewhere: [[660, 0, 0.16], [990, 0.2, 0.2]],
  waiting: [[294, 0, 0.6]],
  cancelled: [[660, 0, 0.18], [415, 0.22, 0.26]],
  wrong: [[784, 0, 0.14], [587, 0.18, 0.14], [392, 0.36, 0.26]],
}

/** Per sound, milliseconds of on, off, on … */
export const VIBRATIONS = {
  in: [80], real: [80, 60, 40], already: [120, 80, 120], elsewhere: [60, 60, 180], waiting: [400], cancelled: [200, 100, 300],
  wrong: [150, 80, 150, 80, 300],
}

export class Sound {
  #context = null

  /** Browsers stay silent until the first tap. */
  unlock() {
    const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext
    if (!Context) return
    this.#context ??= new Context()
    if (this.#context.state === 'suspended') this.#context.resume().catch(() => {})
  }

  play(name) {
    globalThis.navigator?.vibrate?.(VIBRATIONS[name] ?? [])
    if (this.#context?.state !== 'running') return
    for (const [pitch, from, length] of TONES[name] ?? []) tone(this.#context, pitch, this.#context.currentTime + from, length)
  }
}

/** A triangle wave carries over a yard; the ramps keep it from clicking. */
function tone(context, pitch, at, length) {
  const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: pitch })
  const gain = new GainNode(context, { gain: 0 })
  gain.gain.setValueAtTime(0, at)
  gain.gain.linearRampToValueAtTime(0.9, at + 0.01)
  gain.gain.setValueAtTime(0.9, at + length - 0.03)
  gain.gain.linearRampToValueAtTime(0, at + length)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(at)
  oscillator.stop(at + length)
}
