/**
 * The scanner's two times. Facts carry the phone's own, right or wrong: nobody puts a fact into another order (the server keeps when it
 * got it beside that). What the page shows as current goes by the server's, where the two lie more than two minutes apart.
 */
const TOLERANCE = 2 * 60 * 1000
const DAY_AND_TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
})

export class Clock {
  #phone
  #off = 0
  constructor(phone = () => Date.now()) {
    this.#phone = phone
  }

  /** The phone's own time, in milliseconds since 1970: of facts, and of what is kept about them. */
  phone() {
    return this.#phone()
  }

  /** The phone's own time as ISO 8601, as it is sent. */
  iso() {
    return new Date(this.#phone()).toISOString()
  }

  /** The time to show and to judge by what is on now, in milliseconds since 1970. */
  now() {
    return this.#phone() - this.#off
  }

  /** By how many milliseconds the phone's clock is ahead (negative: behind); 0 within two minutes. */
  get off() {
    return this.#off
  }

  /** A time that this phone noted, put right to be shown. */
  shown(at) {
    return new Date(at).getTime() - this.#off
  }

  /** Compare with the server's time. */
  hear(serverIso) {
    const off = this.#phone() - Date.parse(serverIso)
    this.#off = Math.abs(off) > TOLERANCE ? off : 0
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
