import { describe, expect, test } from 'vitest'
import { decideBack, decideDrop, decideLeave } from '../members/members.rules.ts'
import { markConnected, markDropped, markReturning } from '../members/presence.ts'
import { given, joined, START } from '../testing/given.ts'
import { decidePause, decideStart } from '../timer/timer.rules.ts'
import { decideAdvance, decideSwitch, nextAdvanceAt } from './study.rules.ts'

const SECOND = 1000
const MIN = 60 * SECOND
const plan = { focusMs: 25 * MIN, breakMs: 5 * MIN, longBreakMs: 15 * MIN, rounds: 4, autoRestart: true }
const on = (userId: string) => (place: Parameters<typeof decideSwitch>[0], at: { now: number }) =>
  decideSwitch(place, userId, true, at)
const off = (userId: string) => (place: Parameters<typeof decideSwitch>[0], at: { now: number }) =>
  decideSwitch(place, userId, false, at)
const id = (from: number) => `room1.ana.${from}`

describe('STUDY-1: the personal timer', () => {
  test('STUDY-1: is off on entry, and opens an interval when switched on', () => {
    const room = given('ana')
    expect(room.place.state.members.get('ana')).toMatchObject({ studying: false, studyingSince: 0 })
    expect(room.when(on('ana'))).toMatchObject({
      events: [
        { type: 'study.switched', data: { userId: 'ana', on: true } },
        { type: 'study.opened', data: { userId: 'ana', intervalId: id(START), from: START } },
      ],
    })
  })

  test('STUDY-1: repeating on or off changes nothing', () => {
    const room = given('ana')
    expect(room.when(off('ana'))).toMatchObject({ events: [] })
    room.when(on('ana'))
    expect(room.after(SECOND).when(on('ana'))).toMatchObject({ events: [] })
  })

  test('STUDY-1: who is not in the room is refused', () => {
    expect(given('ana').when(on('bo'))).toEqual({ refused: 'not_present' })
  })
})

test('STUDY-2: shown total = studiedMs + (now - studyingSince)', () => {
  const room = given('ana')
  room.when(on('ana'))
  room.after(10 * SECOND).when(off('ana'))
  room.after(5 * SECOND).when(on('ana'))
  const member = room.after(7 * SECOND).place.state.members.get('ana')
  expect(member && member.studiedMs + (room.now - member.studyingSince)).toBe(17 * SECOND)
})

describe('STUDY-3: breaks of the shared timer hold the personal timer', () => {
  test('STUDY-3: a break closes at its exact beginning, the next focus opens at its own', () => {
    const room = given('ana')
    room.when((p, at) => decideStart(p, 'ana', plan, at))
    room.after(25 * MIN - 5 * SECOND).when(on('ana'))
    const opened = room.now
    expect(room.after(8 * SECOND).when(decideAdvance)).toMatchObject({
      events: [{ type: 'study.closed', data: { intervalId: id(opened), from: opened, to: START + 25 * MIN } }],
    })
    expect(nextAdvanceAt(room.place, room.now)).toBe(START + 30 * MIN)
    room.now = START + 30 * MIN + 3 * SECOND
    expect(room.when(decideAdvance)).toMatchObject({
      events: [{ type: 'study.opened', data: { from: START + 30 * MIN } }],
    })
  })

  test('STUDY-3: switched on in a break, nothing counts before the focus; a pause in the break lets it count', () => {
    const room = given('ana')
    room.when((p, at) => decideStart(p, 'ana', plan, at))
    expect(room.after(26 * MIN).when(on('ana'))).toMatchObject({ events: [{ type: 'study.switched' }] })
    expect(room.after(MIN).when((p, at) => decidePause(p, 'ana', at))).toMatchObject({
      events: [{ type: 'study.opened', data: { from: START + 27 * MIN } }, { type: 'timer.set' }],
    })
  })
})

describe('STUDY-4: proof of presence', () => {
  test('STUDY-4: an interval is moved forward every 20 s, those of others along with it', () => {
    const room = given('ana', 'bo')
    room.when(on('ana'))
    room.after(8 * SECOND).when(on('bo'))
    expect(nextAdvanceAt(room.place, room.now)).toBe(START + 20 * SECOND)
    expect(room.after(11 * SECOND).when(decideAdvance)).toMatchObject({ events: [] })
    expect(room.after(SECOND).when(decideAdvance)).toMatchObject({
      events: [
        { type: 'study.extended', data: { userId: 'ana', from: START, to: START + 20 * SECOND } },
        { type: 'study.extended', data: { userId: 'bo', to: START + 20 * SECOND } },
      ],
    })
  })

  test('STUDY-4: a process that stood still credits nothing beyond the last proof, and goes on from now', () => {
    const room = given('ana')
    room.when(on('ana'))
    room.after(20 * SECOND).when(decideAdvance)
    expect(room.after(10 * MIN).when(decideAdvance)).toMatchObject({
      events: [
        { type: 'study.closed', data: { to: START + 20 * SECOND } },
        { type: 'study.opened', data: { from: room.now } },
      ],
    })
  })

  test('STUDY-4: a lost socket ends the interval at the last sign of life; back again, it goes on from then', () => {
    const room = given('ana')
    room.when(on('ana'))
    room.after(20 * SECOND).when(decideAdvance)
    room.after(10 * SECOND)
    markDropped(room.place, 'ana', 's-ana', room.now - 4 * SECOND, room.now)
    expect(room.when((p, at) => decideDrop(p, 'ana', 's-ana', at))).toMatchObject({
      events: [{ type: 'study.closed', data: { from: START, to: START + 26 * SECOND } }],
    })
    room.after(5 * SECOND)
    markConnected(room.place, 'ana', 's-ana', room.now)
    expect(room.when((p, at) => decideBack(p, 'ana', 's-ana', at))).toMatchObject({
      events: [{ type: 'study.opened', data: { from: room.now } }],
    })
  })

  test('STUDY-4: proof never takes back what is committed', () => {
    const room = given('ana')
    room.when(on('ana'))
    room.after(20 * SECOND).when(decideAdvance)
    markDropped(room.place, 'ana', 's-ana', START + 3 * SECOND, room.now)
    expect(room.when((p, at) => decideDrop(p, 'ana', 's-ana', at))).toMatchObject({
      events: [{ type: 'study.closed', data: { to: START + 20 * SECOND } }],
    })
  })

  test('STUDY-4: a restored place closes what was open at its end so far, and credits nobody who is only returning', () => {
    const room = given('ana')
    room.when(on('ana'))
    room.after(20 * SECOND).when(decideAdvance)
    room.after(5 * SECOND)
    markReturning(room.place, room.now)
    expect(nextAdvanceAt(room.place, room.now)).toBeLessThanOrEqual(room.now)
    expect(room.when(decideAdvance)).toMatchObject({
      events: [{ type: 'study.closed', data: { from: START, to: START + 20 * SECOND } }],
    })
    expect(room.after(5 * SECOND).when(decideAdvance)).toMatchObject({ events: [] })
    expect(room.place.state.members.get('ana')).toMatchObject({ studying: true, studyingSince: 0 })
  })

  test('STUDY-4: leaving closes at the moment of leaving', () => {
    const room = given('ana', 'bo')
    room.when(on('bo'))
    room.after(9 * SECOND)
    expect(room.when((p, at) => decideLeave(p, 'bo', 's-bo', 'left', at))).toMatchObject({
      events: [{ type: 'study.closed', data: { to: room.now } }, { type: 'member.left' }],
    })
  })
})

describe("STUDY-5: the member's own day", () => {
  const evening = (timeZone: string, dayEndsAt: number) => {
    const room = given('bo')
    return room.given({ ...joined('ana'), data: { ...joined('ana').data, timeZone, dayStartHour: 5, dayEndsAt } })
  }

  test('STUDY-5: the interval is cut at the end of the day, and the total starts anew', () => {
    const cut = START + 15 * SECOND
    const room = evening('Asia/Seoul', cut)
    room.when(on('ana'))
    expect(nextAdvanceAt(room.place, room.now)).toBe(cut)
    const outcome = room.after(16 * SECOND).when(decideAdvance)
    // The next 5 o'clock in Seoul is 20:00 UTC of this day.
    const next = Date.UTC(2026, 0, 5, 20)
    expect(outcome).toMatchObject({
      events: [
        { type: 'study.closed', data: { from: START, to: cut } },
        { type: 'study.dayTurned', data: { dayEndsAt: next } },
        { type: 'study.opened', data: { from: cut } },
      ],
    })
    expect(room.place.state.members.get('ana')).toMatchObject({ studiedMs: 0, studyingSince: cut, dayEndsAt: next })
  })

  test('STUDY-5: a focus that began just before the cut and is booked just after it is cut as well', () => {
    const room = evening('UTC', START + 30 * MIN + 2 * SECOND)
    room.when((p, at) => decideStart(p, 'ana', plan, at))
    room.after(26 * MIN).when(on('ana'))
    room.now = START + 30 * MIN + 5 * SECOND
    expect(room.when(decideAdvance)).toMatchObject({
      events: [
        { type: 'study.opened', data: { from: START + 30 * MIN } },
        { type: 'study.closed', data: { to: START + 30 * MIN + 2 * SECOND } },
        { type: 'study.dayTurned' },
        { type: 'study.opened', data: { from: START + 30 * MIN + 2 * SECOND } },
      ],
    })
  })

  test('STUDY-5: a zone this runtime does not know does not stop the room', () => {
    const room = evening('Mars/Olympus', START + SECOND)
    expect(room.after(2 * SECOND).when(decideAdvance)).toMatchObject({ events: [{ type: 'study.dayTurned' }] })
  })
})
