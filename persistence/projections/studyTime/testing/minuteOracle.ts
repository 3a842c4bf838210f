import type { OwnDay } from '#rooms/study/study/ownDay.ts'

const MINUTE = 60_000

/**
 * Study by day, counted minute by minute in the plainest way: what the wall clock shows says which day it is, and a clock that
 * is set back does not bring yesterday back. Knows nothing of intervals, spans or offsets.
 */
export class MinuteOracle {
  readonly days = new Map<string, number>()
  #now: number
  readonly #labels = new Map<string, Map<number, string>>()
  readonly #start: number
  readonly #end: number
  /** Switched on and connected, by room: any of them counts, and all of them count once. */
  readonly studying = new Set<string>()
  zone: OwnDay

  constructor(start: number, end: number, zone: OwnDay) {
    this.#start = start
    this.#now = start
    this.#end = end
    this.zone = zone
  }

  wait(minutes: number) {
    for (let i = 0; i < minutes; i++) {
      if (this.studying.size > 0) {
        const day = this.#labelsOf(this.zone).get(this.#now) ?? 'none'
        this.days.set(day, (this.days.get(day) ?? 0) + MINUTE)
      }
      this.#now += MINUTE
    }
  }

  #labelsOf(zone: OwnDay): Map<number, string> {
    const key = `${zone.timeZone} ${zone.dayStartHour}`
    let labels = this.#labels.get(key)
    if (!labels) {
      labels = labelsOf(this.#start, this.#end, zone)
      this.#labels.set(key, labels)
    }
    return labels
  }
}

function labelsOf(start: number, end: number, { timeZone, dayStartHour }: OwnDay): Map<number, string> {
  const clock = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const labels = new Map<number, string>()
  let label = ''
  // From two days before on, so that the first label is one that the clock has come to by itself.
  for (let at = start - 2 * 1440 * MINUTE; at < end; at += MINUTE) {
    const [date = '', time = ''] = clock.format(at).split(' ')
    const before = new Date(Date.parse(date) - 1440 * MINUTE).toISOString().slice(0, 10)
    const shown = Number(time.slice(0, 2)) >= dayStartHour ? date : before
    if (shown > label) label = shown
    labels.set(at, label)
  }
  return labels
}
