import { describe, expect, test } from 'vitest'
import { decideDrop, decideLeave } from '../members/members.rules.ts'
import { markConnected, markDropped, markReturning } from '../members/presence.ts'
import { decideDue, nextDueAt } from '../room/due.rules.ts'
import { decideChange } from '../room/room.rules.ts'
import { restore, snapshotOf } from '../snapshot.ts'
import { decideSwitch } from '../study/study.rules.ts'
import { given, moderator, type Scenario, START, Scenario as Story, who } from '../testing/given.ts'
import { decidePause, decideSkip, decideStart } from '../timer/timer.rules.ts'
import { decideAnswer } from './attest.rules.ts'
import { gapOf } from './attest.ts'

const SECOND = 1000
const MIN = 60 * SECOND
const plan = { focusMs: 25 * MIN, breakMs: 5 * MIN, longBreakMs: 15 * MIN, rounds: 4, autoRestart: true }
const BOUNDS = { minMs: 10 * MIN, maxMs: 20 * MIN }
const ask = { on: true, ...BOUNDS }

const change = (room: Scenario, by: string, attest: typeof ask, seed = 'secret') =>
  room.when((p, at) => decideChange(p, { userId: by, name: by }, { attest, seed }, at))
const on = (room: Scenario, userId: string, to = true) => room.when((p, at) => decideSwitch(p, userId, to, at))
const answer = (room: Scenario, userId: string, asked = room.place.state.members.get(userId)?.checkAt || 1) =>
  room.when((p, at) => decideAnswer(p, who(userId), { asked }, at))
const member = (room: Scenario, userId: string) => room.place.state.members.get(userId)

/** Lets time pass as an actor does: what is due is decided when it is due. Returns the types of what happened. */
function pass(room: Scenario, ms: number, until: () => boolean = () => false): string[] {
  const end = room.now + ms
  const types: string[] = []
  while (!until()) {
    const due = nextDueAt(room.place, room.now) ?? Number.POSITIVE_INFINITY
    if (due > end) {
      room.now = end
      break
    }
    room.now = Math.max(room.now, due)
    const outcome = room.when(decideDue)
    if ('refused' in outcome || outcome.events.length === 0) throw new Error(`nothing was due at ${room.now - START}`)
    types.push(...outcome.events.map((e) => e.type))
  }
  return types
}
/** Until somebody is asked; how long that took. */
function untilAsked(room: Scenario, userId = 'bo'): number {
  const from = room.now
  pass(room, 60 * MIN, () => (member(room, userId)?.checkAt ?? 0) > 0)
  return room.now - from
}
/** Bo studies alone in ana's room, and is asked now and then. */
function studying(): Scenario {
  const room = given('ana', 'bo')
  change(room, 'ana', ask)
  on(room, 'bo')
  return room
}
/** What is credited to bo so far. */
const credited = (room: Scenario): number =>
  (member(room, 'bo')?.studiedMs ?? 0) + ((i) => (i ? i.to - i.from : 0))(room.place.hidden.intervals.get('bo'))

describe('ATTEST-1: the choice', () => {
  test('ATTEST-1: is the owner’s; others are refused, moderators too', () => {
    const room = given('ana', 'bo').given(moderator('bo'))
    expect(change(room, 'bo', ask)).toEqual({ refused: 'forbidden' })
    expect(change(room, 'ana', ask)).toMatchObject({ events: [{ type: 'attest.set', data: { on: true } }] })
    expect(change(room, 'ana', ask)).toEqual({ refused: 'nothing_to_do' })
    expect(room.place.state.attest.toJSON()).toEqual(ask)
  })

  test('ATTEST-1: without it nobody is asked', () => {
    const room = given('ana')
    on(room, 'ana')
    expect(pass(room, 3 * 60 * MIN)).not.toContain('attest.asked')
  })

  test('ATTEST-1: switching checks off answers none: who was asked, the owner too, still has to, or his clock stops', () => {
    for (const [user, answers] of [
      ['bo', true],
      ['bo', false],
      ['ana', false],
    ] as const) {
      const room = given('ana', 'bo')
      change(room, 'ana', ask)
      on(room, user)
      untilAsked(room, user)
      const shown = room.now
      room.after(30 * SECOND)
      expect(change(room, 'ana', { ...ask, on: false })).toMatchObject({ events: [{ type: 'attest.set' }] })
      expect(member(room, user)).toMatchObject({ checkAt: shown, studying: true })
      expect(room.place.hidden.intervals.get(user)?.to).toBe(shown)
      if (answers) expect(answer(room, user)).toMatchObject({ reply: {} })
      expect(pass(room, 60 * MIN)).not.toContain('attest.asked')
      const missed = { studying: false, checkAt: 0, missedAt: shown, studiedMs: shown - START }
      expect(member(room, user)).toMatchObject(answers ? { studying: true, checkAt: 0, missedAt: 0 } : missed)
    }
  })

  test('ATTEST-1: other bounds leave an open check as it is, also over changes of the shared timer; the next wait is by the new ones', () => {
    const room = studying()
    untilAsked(room)
    const shown = room.now
    room.when((p, at) => decideStart(p, 'ana', plan, at))
    room.after(10 * SECOND)
    change(room, 'ana', { on: true, minMs: 30 * MIN, maxMs: 30 * MIN })
    room.when((p, at) => decideSkip(p, 'ana', 0, at))
    room.after(10 * SECOND)
    expect(answer(room, 'bo', shown)).toMatchObject({ reply: {} })
    expect(credited(room)).toBe(shown - START + 10 * SECOND)
    expect(room.place.hidden.attests.get('bo')?.gapMs).toBe(30 * MIN)
  })

  test('ATTEST-1: who was not asked waits anew when checks end and begin again', () => {
    const room = studying()
    change(room, 'ana', { ...ask, on: false })
    expect(room.place.hidden.attests.size).toBe(0)
    change(room, 'ana', { on: true, minMs: 30 * MIN, maxMs: 30 * MIN })
    expect(untilAsked(room)).toBe(30 * MIN)
  })
})

describe('ATTEST-2: the moment', () => {
  test('ATTEST-2: lies within the bounds, counted in study time since the last proof', () => {
    const room = studying()
    for (let i = 0; i < 20; i++) {
      const waited = untilAsked(room)
      expect(waited).toBeGreaterThanOrEqual(BOUNDS.minMs)
      expect(waited).toBeLessThanOrEqual(BOUNDS.maxMs)
      answer(room, 'bo')
    }
  })

  test('ATTEST-2: breaks and a stopped clock do not count, and stopping does not put it off', () => {
    const room = given('ana', 'bo')
    change(room, 'ana', { on: true, minMs: 15 * MIN, maxMs: 15 * MIN })
    on(room, 'bo')
    pass(room, 10 * MIN)
    on(room, 'bo', false)
    pass(room, 45 * MIN)
    on(room, 'bo')
    expect(untilAsked(room)).toBe(5 * MIN)
    answer(room, 'bo')
    room.when((p, at) => decideStart(p, 'ana', plan, at))
    pass(room, 10 * MIN)
    room.when((p, at) => decideSkip(p, 'ana', 0, at))
    expect(untilAsked(room)).toBe(5 * MIN + 5 * MIN)
  })

  test('ATTEST-2: is uniform: deciles of many draws are about equally filled', () => {
    const deciles = new Array<number>(10).fill(0)
    for (let i = 0; i < 20_000; i++) {
      const decile = gapOf('seed', `bo/1/${i}`, 0, 10)
      deciles[decile] = (deciles[decile] ?? 0) + 1
    }
    for (const n of deciles) expect(Math.abs(n - 2000)).toBeLessThan(200)
  })

  test('ATTEST-2: cannot be told from the state: with another seed the same state is asked at another moment', () => {
    const asked = ['seed-1', 'seed-2'].map((seed) => {
      const room = given('ana', 'bo')
      change(room, 'ana', ask, seed)
      on(room, 'bo')
      const shown = JSON.stringify(room.place.state.toJSON())
      expect(shown).not.toContain(seed)
      return { shown, at: untilAsked(room) }
    })
    expect(asked[0]?.shown).toBe(asked[1]?.shown)
    expect(asked[0]?.at).not.toBe(asked[1]?.at)
  })

  test('ATTEST-2: who leaves and comes back gets another draw', () => {
    const room = studying()
    const first = room.place.hidden.attests.get('bo')?.gapMs
    room.when((p, at) => decideLeave(p, 'bo', 's-bo', 'left', at))
    expect(room.place.hidden.attests.has('bo')).toBe(false)
    room.given({ type: 'member.joined', data: { ...joinedBo } })
    expect(room.place.hidden.attests.get('bo')?.gapMs).not.toBe(first)
  })
  const joinedBo = {
    ...{ userId: 'bo', name: 'Bo', handle: 'bo', session: 's-bo', studiedMs: 0, dayEndsAt: START + 12 * 60 * MIN },
  }
})

describe('ATTEST-3: no answer', () => {
  test('ATTEST-3: within 60 s stops the clock at the moment the check was shown', () => {
    const room = studying()
    untilAsked(room)
    const shown = room.now
    expect(pass(room, 59 * SECOND)).toEqual([])
    expect(pass(room, SECOND)).toEqual(['study.closed', 'study.switched', 'attest.missed'])
    expect(member(room, 'bo')).toMatchObject({ studying: false, checkAt: 0, missedAt: shown, studyingSince: 0 })
    expect(credited(room)).toBe(shown - START)
    expect(answer(room, 'bo', shown)).toEqual({ refused: 'nothing_to_do' })
    on(room, 'bo')
    expect(member(room, 'bo')).toMatchObject({ studying: true, missedAt: 0, studyingSince: room.now })
  })

  test('ATTEST-3: an answer after the minute is none, also where the miss has not been decided yet', () => {
    const room = studying()
    untilAsked(room)
    const shown = room.now
    room.after(60 * SECOND)
    expect(answer(room, 'bo', shown)).toEqual({ refused: 'nothing_to_do' })
    pass(room, 0)
    expect(credited(room)).toBe(shown - START)
  })

  test('ATTEST-3: signing out in the middle of a check credits up to it; an owner who leaves under checks leaves them open', () => {
    const room = given('ana', 'bo')
    change(room, 'ana', { on: true, minMs: 10 * MIN, maxMs: 10 * MIN })
    on(room, 'ana')
    on(room, 'bo')
    untilAsked(room)
    const shown = room.now
    expect(member(room, 'ana')?.checkAt).toBe(shown)
    room.after(30 * SECOND)
    const out = room.when((p, at) => decideLeave(p, 'ana', 's-ana', 'signedOut', at))
    if ('refused' in out) throw new Error(out.refused)
    expect(out.events).toMatchObject([{ type: 'study.closed', data: { userId: 'ana', to: shown } }, {}, {}])
    expect(room.place.state.owner).toBe('bo')
    expect(member(room, 'bo')).toMatchObject({ checkAt: shown, studying: true })
    expect(answer(room, 'bo')).toMatchObject({ reply: {} })
    expect(credited(room)).toBe(room.now - START)
  })

  test('ATTEST-3: a day that turns under a check belongs to who answers it, and to nobody who does not', () => {
    for (const answers of [true, false]) {
      const room = studying()
      untilAsked(room)
      const shown = room.now
      const cut = shown + 20 * SECOND
      const bo = member(room, 'bo')
      if (!bo) throw new Error('bo has left')
      bo.dayEndsAt = cut
      pass(room, 40 * SECOND)
      if (answers) answer(room, 'bo')
      else pass(room, 20 * SECOND)
      expect(credited(room)).toBe(answers ? room.now - cut : 0)
      expect(bo.studying).toBe(answers)
    }
  })

  test('ATTEST-3: time since the check was shown is never committed before it is answered', () => {
    const room = studying()
    untilAsked(room)
    const shown = room.now
    on(room, 'ana')
    pass(room, 50 * SECOND)
    expect(room.place.hidden.intervals.get('ana')?.to).toBeGreaterThan(shown)
    expect(room.place.hidden.intervals.get('bo')?.to).toBe(shown)
  })

  test('ATTEST-3: who leaves or drops under a check is credited up to it', () => {
    for (const how of ['leave', 'drop']) {
      const room = studying()
      untilAsked(room)
      const shown = room.now
      room.after(20 * SECOND)
      if (how === 'drop') markDropped(room.place, 'bo', 's-bo', room.now, room.now)
      const outcome = room.when((p, at) =>
        how === 'drop' ? decideDrop(p, 'bo', 's-bo', at) : decideLeave(p, 'bo', 's-bo', 'left', at),
      )
      if ('refused' in outcome) throw new Error(outcome.refused)
      expect(outcome.events[0]).toMatchObject({ type: 'study.closed', data: { to: shown } })
    }
  })
})

describe('ATTEST-4: an answer', () => {
  test('ATTEST-4: goes on as if nobody had asked; a second one from another device is no fault', () => {
    const room = studying()
    untilAsked(room)
    const shown = room.now
    room.after(40 * SECOND)
    expect(answer(room, 'bo', shown)).toMatchObject({
      events: [{ type: 'attest.answered' }, { type: 'study.extended' }],
    })
    expect(credited(room)).toBe(room.now - START)
    expect(room.after(SECOND) && answer(room, 'bo', shown)).toMatchObject({ events: [], reply: {} })
    expect(answer(room, 'bo', shown + 1)).toEqual({ refused: 'nothing_to_do' })
    expect(answer(room, 'cy', shown)).toEqual({ refused: 'not_present' })
  })

  test('ATTEST-4: books phases that turned meanwhile at their exact times', () => {
    const room = given('ana', 'bo')
    change(room, 'ana', { on: true, minMs: 24 * MIN + 30 * SECOND, maxMs: 24 * MIN + 30 * SECOND })
    room.when((p, at) => decideStart(p, 'ana', plan, at))
    on(room, 'bo')
    expect(untilAsked(room)).toBe(24 * MIN + 30 * SECOND)
    pass(room, 50 * SECOND)
    expect(answer(room, 'bo')).toMatchObject({
      events: [{ type: 'attest.answered' }, { type: 'study.closed', data: { from: START, to: START + 25 * MIN } }],
    })
  })

  test('ATTEST-4: books a pause, a skip and a start meanwhile as they were', () => {
    const room = studying()
    room.when((p, at) => decideStart(p, 'ana', plan, at))
    untilAsked(room)
    const from = room.now
    const step = (ms: number, decide: Parameters<typeof room.when>[0]) => {
      pass(room, ms)
      expect(room.when(decide)).not.toHaveProperty('refused')
    }
    step(10 * SECOND, (p, at) => decideSkip(p, 'ana', 0, at)) // break: 10 s counted
    step(10 * SECOND, (p, at) => decidePause(p, 'ana', at)) // paused counts again
    pass(room, 15 * SECOND)
    const before = credited(room)
    expect(before).toBe(from - START)
    answer(room, 'bo')
    expect(credited(room)).toBe(before + 25 * SECOND)
    expect(member(room, 'bo')?.studyingSince).toBe(from + 20 * SECOND)
  })

  test('ATTEST-4: stopping the clock oneself is an answer', () => {
    const room = studying()
    untilAsked(room)
    room.after(30 * SECOND)
    on(room, 'bo', false)
    expect(credited(room)).toBe(room.now - START)
    expect(member(room, 'bo')).toMatchObject({ checkAt: 0, missedAt: 0 })
  })

  test('ATTEST-4: back within the minute one may still answer; what was lost with the socket stays lost', () => {
    const room = studying()
    untilAsked(room)
    const shown = room.now
    markDropped(room.place, 'bo', 's-bo', room.now, room.now)
    room.when((p, at) => decideDrop(p, 'bo', 's-bo', at))
    room.after(10 * SECOND)
    markConnected(room.place, 'bo', 's-bo', room.now)
    room.when((p, at) => decideDrop(p, 'bo', 's-bo', at))
    expect(member(room, 'bo')?.studyingSince).toBe(0)
    room.after(5 * SECOND)
    answer(room, 'bo')
    expect(member(room, 'bo')?.studyingSince).toBe(shown + 10 * SECOND)
  })
})

describe('ATTEST-5: death and sleep', () => {
  test('ATTEST-5: a restored place knows who is being asked, and when others will be', () => {
    const room = studying()
    on(room, 'ana')
    untilAsked(room)
    const shown = room.now
    const again = new Story(restore(snapshotOf(room.place)))
    again.now = shown + 20 * SECOND
    markReturning(again.place, again.now)
    expect(again.place.hidden.attests.get('ana')).toEqual(room.place.hidden.attests.get('ana'))
    pass(again, 0)
    expect(again.place.hidden.intervals.size).toBe(0)
    markConnected(again.place, 'bo', 's-bo', again.now)
    again.after(5 * SECOND)
    expect(answer(again, 'bo', shown)).toMatchObject({ reply: {} })
    expect(member(again, 'bo')).toMatchObject({ studying: true, checkAt: 0 })
    expect(credited(again)).toBeGreaterThanOrEqual(shown - START)
  })

  test('ATTEST-5: nobody answers over a death: the clock is off, credited up to the check', () => {
    const room = studying()
    untilAsked(room)
    const shown = room.now
    const again = new Story(restore(snapshotOf(room.place)))
    again.now = shown + 10 * MIN
    markReturning(again.place, again.now)
    pass(again, 0)
    expect(member(again, 'bo')).toMatchObject({ studying: false, missedAt: shown })
    expect(credited(again)).toBe(shown - START)
  })
})

test('ATTEST-6: a hundred members are asked without a storm: one timer, a few steps a minute, none in vain', () => {
  const names = Array.from({ length: 100 }, (_, i) => `m${i}`)
  const room = given('ana', ...names)
  change(room, 'ana', ask)
  for (const name of names) on(room, name)
  let steps = 0
  let most = 0
  const end = room.now + 60 * MIN
  for (;;) {
    const due = nextDueAt(room.place, room.now) ?? Number.POSITIVE_INFINITY
    if (due > end) break
    room.now = Math.max(room.now, due)
    const outcome = room.when(decideDue)
    if ('refused' in outcome) throw new Error(outcome.refused)
    expect(outcome.events.length).toBeGreaterThan(0)
    const asked = outcome.events.filter((e) => e.type === 'attest.asked')
    most = Math.max(most, asked.length)
    for (const { data } of asked) answer(room, (data as { userId: string }).userId)
    steps++
  }
  // 100 members, some four checks each in the hour, and the intervals moved forward every 20 s.
  expect(steps).toBeLessThan(900)
  expect(most).toBeLessThan(5)
})
