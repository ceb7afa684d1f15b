/** The server as the scanner knows it. Every call ends: by an answer, or by one of three errors. */

/** No answer: no network, a time limit, a server that is starting or busy. Try again later. */
export class Unreachable extends Error {}

/** This device is no longer one of ours (401): what it keeps must go. */
export class Revoked extends Error {}

/** The server understood and said no. `problem` is RFC 9457. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.code ?? `http ${status}`)
    this.status = status
    this.problem = problem
  }
}

const BASE = '/api/v1'
const LIMIT = 8000
const BUSY = new Set([408, 425, 429])

export class Api {
  #fetch
  #token
  constructor({ token = null, fetch = (...call) => globalThis.fetch(...call) } = {}) {
    this.#token = token
    this.#fetch = fetch
  }

  /** Make this phone a scanner. Returns {device, token}. */
  enrol(enrolment, name) {
    return this.#ask('POST', '/devices', { body: { enrolment, name } })
  }

  /** `unsent`, here and below: how many records still lie in this phone. */
  bundle(cursor, unsent) {
    const asked = new URLSearchParams({ ...(cursor && { since: cursor }), ...(unsent !== undefined && { unsent }) })
    return this.#ask('GET', `/devices/me/bundle?${asked}`, { limit: 30000 })
  }

  pass(code) {
    return this.#ask('GET', `/passes/${encodeURIComponent(code)}`)
  }

  /** Returns {results, cursor}. */
  checkins(checkins, { sentAt, unsent, limit }) {
    return this.#ask('POST', '/checkins', { body: { sent_at: sentAt, unsent, checkins }, limit })
  }

  walkIns(walkIns, { unsent, limit }) {
    return this.#ask('POST', '/walk-ins', { body: { unsent, walk_ins: walkIns }, limit })
  }

  async #ask(method, path, { body, limit = LIMIT } = {}) {
    const headers = { Accept: 'application/json' }
    if (body) headers['Content-Type'] = 'application/json'
    if (this.#token) headers.Authorization = `Bearer ${this.#token}`
    const call = { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(limit), cache: 'no-store', credentials: 'omit' }
    const { status, answer } = await this.#fetch(BASE + path, call).then(read, unreachable)
    if (status < 300) return answer
    if (status === 401) throw new Revoked()
    if (status >= 500 || BUSY.has(status)) throw new Unreachable(`http ${status}`)
    throw new Refused(status, answer)
  }
}

/** A 2xx that is no JSON comes from somebody in between (a hotel's sign-in page): the server was not reached. */
async function read(response) {
  const text = await response.text().catch(unreachable)
  try {
    return { status: response.status, answer: JSON.parse(text) }
  } catch {
    if (response.status < 300) throw new Unreachable('not our server')
    return { status: response.status, answer: {} }
  }
}

function unreachable(error) {
  throw new Unreachable(error?.message)
}
