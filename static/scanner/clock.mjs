/**
 * The scanner's clock: the phone's, put right by the server's where the two lie more than two minutes apart.
 * Volunteers' phones are often wrong, and the earliest time admits.
 */
const TOLERANCE = 2 * 60 * 1000
const DAY_AND_TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
})

export class Clock {
  #phone
  #shift = 0
  constructor(phone = () => Date.now()) {
    this.#phone = phone
  }

  /** Milliseconds since 1970. */
  now() {
    return this.#phone() + this.#shift
  }

  /** The moment as ISO 8601. */
  iso() {
    return new Date(this.now()).toISOString()
  }

  /** Compare with the server's time; returns by how many milliseconds the phone is wrong (0 within two minutes). */
  hear(serverIso) {
    const difference = Date.parse(serverIso) - this.#phone()
    this.#shift = Math.abs(difference) > TOLERANCE ? difference : 0
    return this.#shift ? -this.#shift : 0
  }
}

function partsOf(moment) {
  return Object.fromEntries(DAY_AND_TIME.formatToParts(new Date(moment)).map((part) => [part.type, part.value]))
}

/** 07:30 in Vietnam, of an ISO time or milliseconds. */
export function timeOf(moment) {
  const { hour, minute } = partsOf(moment)
  return `${hour}:${minute}`
}

/** 2027-10-10, the Vietnamese day. */
export function dayOf(moment) {
  const { year, month, day } = partsOf(moment)
  return `${year}-${month}-${day}`
}

/** 10/10 of the Vietnamese day. */
export function shortDate(moment) {
  const { month, day } = partsOf(moment)
  return `${day}/${month}`
}

/** A length of time in its largest fitting unit: {unit: minutes|hours|days, count}. */
export function lengthOf(milliseconds) {
  const minutes = Math.round(Math.abs(milliseconds) / 60000)
  if (minutes < 120) return { unit: 'minutes', count: minutes }
  return minutes < 48 * 60 ? { unit: 'hours', count: Math.round(minutes / 60) } : { unit: 'days', count: Math.round(minutes / 1440) }
}
