import { expect, test } from 'vitest'
import { decideAnswer } from '../attest/attest.rules.ts'
import { given, joined, START } from '../testing/given.ts'
import { decideMoveDay } from './moveDay.rules.ts'
import { decideAdvance, decideSwitch } from './study.rules.ts'

const MIN = 60_000
const HOUR = 60 * MIN
// START is 9 o'clock in London, 18 o'clock of the same day in Seoul, and 1 o'clock in Los Angeles: there it is still the day before.
const moved = (timeZone: string, since: number, studiedMs = 0) => ({ timeZone, dayStartHour: 5, since, studiedMs })
const [endsInLondon, endsInSeoul] = [Date.UTC(2026, 0, 6, 5), Date.UTC(2026, 0, 5, 20)]
const endsInLosAngeles = Date.UTC(2026, 0, 5, 13)

/** Ana came from London with an hour on her day, and studies for forty seconds, of which half are booked. */
function studying() {
  const room = given('bo')
  const data = { timeZone: 'Europe/London', dayStartHour: 5, dayEndsAt: endsInLondon, studiedMs: HOUR }
  room.given({ ...joined('ana'), data: { ...joined('ana').data, ...data } })
  room.when((place, at) => decideSwitch(place, 'ana', true, at))
  room.after(20_000).when(decideAdvance)
  return room.after(20_000)
}
const member = (room: ReturnType<typeof given>) => room.place.state.members.get('ana')

test('STUDY-6: on the same day by both zones the total and the interval go on, and the day ends by the new one', () => {
  const room = studying()
  const outcome = room.when((place, at) => decideMoveDay(place, 'ana', moved('Asia/Seoul', room.now, 7), at))
  expect(outcome).toMatchObject({ events: [{ type: 'study.dayMoved', data: { dayEndsAt: endsInSeoul } }] })
  expect(member(room)).toMatchObject({ studiedMs: HOUR, studyingSince: START, dayEndsAt: endsInSeoul })
  room.now = endsInSeoul + MIN
  room.when((place, at) => decideSwitch(place, 'ana', false, at))
  expect(member(room)?.dayEndsAt).toBe(Date.UTC(2026, 0, 6, 20))
})

test('STUDY-6: on another day the interval is cut at the change, and the total is that day’s', () => {
  const room = studying()
  const since = room.now - 2000
  const outcome = room.when((place, at) =>
    decideMoveDay(place, 'ana', moved('America/Los_Angeles', since, 3 * HOUR), at),
  )
  expect(outcome).toMatchObject({
    events: [
      { type: 'study.dayMoved', data: { userId: 'ana', dayEndsAt: since } },
      { type: 'study.closed', data: { from: START, to: since } },
      { type: 'study.dayTurned', data: { dayEndsAt: endsInLosAngeles, studiedMs: 3 * HOUR } },
      { type: 'study.opened', data: { from: since } },
    ],
  })
  expect(member(room)).toMatchObject({ studiedMs: 3 * HOUR, studyingSince: since, dayEndsAt: endsInLosAngeles })
  room.now = endsInLosAngeles
  room.when(decideAdvance)
  // What the day began with was said once: the next one begins with nothing.
  expect(member(room)?.studiedMs).toBe(0)
})

test('STUDY-6: under an open presence check nothing is booked; once answered, the cut lies at the change', () => {
  const room = studying()
  room.given({ type: 'attest.asked', data: { userId: 'ana' } })
  const asked = room.now
  const since = room.after(10_000).now
  const outcome = room.when((place, at) =>
    decideMoveDay(place, 'ana', moved('America/Los_Angeles', since, HOUR / 2), at),
  )
  expect(outcome).toMatchObject({ events: [{ type: 'study.dayMoved', data: { dayEndsAt: since, nextMs: HOUR / 2 } }] })
  room.after(10_000).when((place, at) => decideAnswer(place, { userId: 'ana' }, { asked }, at))
  expect(member(room)).toMatchObject({ studiedMs: HOUR / 2, studyingSince: since, dayEndsAt: endsInLosAngeles })
  expect(room.place.hidden.days.get('ana')).toEqual({ timeZone: 'America/Los_Angeles', dayStartHour: 5 })
})

test('STUDY-6: the zone that holds already changes nothing, and who is not there has none', () => {
  const room = studying()
  expect(room.when((place, at) => decideMoveDay(place, 'ana', moved('Europe/London', 0), at))).toMatchObject({
    events: [],
  })
  expect(room.when((place, at) => decideMoveDay(place, 'cy', moved('UTC', 0), at))).toEqual({ refused: 'not_present' })
})
