import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefusal } from '#schemas/refusals.ts'
import type { TimerPlan } from '#schemas/timer/phases.ts'
import { phaseAt } from '#schemas/timer/phases.ts'
import { decideAnswer } from '../attest/attest.rules.ts'
import { decideJoin } from '../members/entry.rules.ts'
import { decideBack, decideDrop, decideLeave } from '../members/members.rules.ts'
import { markConnected, markDropped } from '../members/presence.ts'
import { decideDue, nextDueAt } from '../room/due.rules.ts'
import { decideChange } from '../room/room.rules.ts'
import { roomCreated, Scenario, who } from '../testing/given.ts'
import { StudyOracle } from '../testing/studyOracle.ts'
import { runOf } from '../timer/run.ts'
import { decidePause, decideResume, decideSkip, decideStart, decideStop } from '../timer/timer.rules.ts'
import { decideSwitch } from './study.rules.ts'

const users = ['ana', 'bo', 'cy'] as const
const SECOND = 1000
/** Ten minutes before everybody's day turns. */
const T0 = Date.UTC(2026, 0, 5, 4, 50)
const CUT = Date.UTC(2026, 0, 5, 5)

const seconds = (min: number, max: number) => fc.integer({ min, max }).map((n) => n * SECOND)
const plans: fc.Arbitrary<TimerPlan> = fc.record({
  focusMs: seconds(60, 200),
  breakMs: seconds(60, 90),
  longBreakMs: seconds(60, 120),
  rounds: fc.integer({ min: 1, max: 3 }),
  autoRestart: fc.boolean(),
})
const user = fc.constantFrom(...users)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('join', 'on'), user }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('leave', 'drop', 'back', 'off'), user }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('pause', 'resume', 'skip', 'stop'), user }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('start'), user, plan: plans }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer'), user }) },
  // Checks come often here: what matters is what they meet.
  { weight: 1, arbitrary: fc.record({ do: fc.constant('checks'), maxMs: seconds(5, 90) }) },
  // `late`: how late the actor is at each step in time.
  { weight: 6, arbitrary: fc.record({ do: fc.constant('wait'), ms: seconds(1, 150), late: seconds(0, 6) }) },
)

/** All at their desks and asked often, so that a run meets many checks. */
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
const everybodyStudies: readonly Step[] = [
  ...users.flatMap((user): Step[] => [
    { do: 'join', user },
    { do: 'on', user },
  ]),
  { do: 'checks', maxMs: 60 * SECOND },
]

type Interval = { userId: string; from: number; to: number }

class World {
  readonly room = new Scenario()
  readonly oracle = new StudyOracle()
  readonly intervals = new Map<string, Interval>()
  #sessions = 0

  constructor() {
    this.room.now = T0
    this.room.given(roomCreated({ kind: 'staying' }))
  }

  decide(decide: Parameters<Scenario['when']>[0]): boolean {
    const outcome = this.room.when(decide)
    if (isRefusal(outcome)) return false
    for (const event of outcome.events) {
      if (event.type === 'study.opened') {
        const { userId, intervalId, from } = event.data
        expect(from).toBeGreaterThanOrEqual(this.intervals.get(intervalId)?.to ?? 0)
        this.intervals.set(intervalId, { userId, from, to: from })
      }
      if (event.type === 'attest.asked') this.oracle.ask(event.data.userId)
      if (event.type === 'attest.answered') this.oracle.settle(event.data.userId, true)
      if (event.type === 'attest.missed') {
        this.oracle.settle(event.data.userId, false)
        this.oracle.person(event.data.userId).on = false
      }
      if (event.type === 'study.extended' || event.type === 'study.closed') {
        const interval = this.intervals.get(event.data.intervalId)
        expect(interval).toMatchObject({ userId: event.data.userId, from: event.data.from })
        expect(event.data.to).toBeGreaterThanOrEqual(interval?.to ?? 0)
        if (interval) interval.to = event.data.to
      }
    }
    return true
  }

  due() {
    for (let i = 0; ; i++) {
      const before = this.room.seq
      this.decide(decideDue)
      if (this.room.seq === before) break
      if (i > 5) throw new Error('due steps do not come to rest')
    }
    for (const [userId, person] of this.oracle.people)
      if (!this.room.place.state.members.has(userId))
        Object.assign(person, { on: false, connected: false, asked: null })
    const next = nextDueAt(this.room.place, this.room.now)
    if (next !== null) expect(next).toBeGreaterThan(this.room.now)
  }

  wait(ms: number, late: number) {
    const until = this.room.now + ms
    for (let at = this.room.now; at < until; at += SECOND) {
      this.oracle.tick(at)
      this.room.now = at + SECOND
      const due = nextDueAt(this.room.place, this.room.now) ?? Number.POSITIVE_INFINITY
      if (due + late <= this.room.now) this.due()
    }
    this.due()
    this.check()
  }

  check() {
    const { now, place } = this.room
    for (const [userId, member] of place.state.members) {
      const today = this.oracle.person(userId).credit.filter((t) => now < CUT || t >= CUT).length * SECOND
      const until = member.checkAt || now
      const since = member.studyingSince
      // Under a check the clock stands; a day that turned meanwhile is booked with the answer.
      if (member.checkAt > 0 && member.checkAt < CUT && now >= CUT) continue
      const shown = member.studiedMs + (since > 0 ? until - since : 0)
      // The total starts anew with each seat: the caller brings what was before.
      expect(shown, `${userId} at ${(now - T0) / SECOND}s`).toBe(today - (this.before.get(userId) ?? 0))
    }
  }
  readonly before = new Map<string, number>()

  join(userId: string) {
    const { place, now } = this.room
    const known = place.state.members.has(userId)
    const session = `s${++this.#sessions}`
    const joiner = { ...who(userId), session, studiedMs: 0, dayEndsAt: now < CUT ? CUT : CUT + 86_400_000 }
    this.decide((p, at) => decideJoin(p, joiner, { passwordHash: null }, at))
    const person = this.oracle.person(userId)
    person.connected = true
    if (known) return
    person.on = false
    this.before.set(userId, person.credit.filter((t) => now < CUT || t >= CUT).length * SECOND)
  }
}

test('STUDY-1 STUDY-2 STUDY-5 ATTEST-3 ATTEST-4: intervals equal a walk second by second, whatever happens in whatever order', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), fc.boolean(), (drawn, lively) => {
      const steps = [...(lively ? everybodyStudies : []), ...drawn]
      const world = new World()
      const { room, oracle } = world
      for (const s of steps) {
        if ('maxMs' in s) {
          const { owner } = room.place.state
          const attest = { on: s.maxMs > 10_000, minMs: 5_000, maxMs: s.maxMs }
          world.decide((p, at) => decideChange(p, { userId: owner, name: owner }, { attest, seed: `${s.maxMs}` }, at))
          continue
        }
        if ('ms' in s) {
          // Whoever sat before the cut has his total from the cut on: nothing to subtract any more.
          const crossed = room.now < CUT && room.now + s.ms >= CUT
          if (crossed) world.before.clear()
          world.wait(s.ms, s.late)
          continue
        }
        const { user } = s
        const session = room.place.hidden.sessions.get(user)
        if ('plan' in s) {
          if (world.decide((p, at) => decideStart(p, user, s.plan, at))) oracle.start(s.plan)
        } else if (s.do === 'join') world.join(user)
        else if (s.do === 'answer') {
          const asked = room.place.state.members.get(user)?.checkAt || 1
          world.decide((p, at) => decideAnswer(p, { userId: user }, { asked }, at))
        } else if (s.do === 'on' || s.do === 'off') {
          if (world.decide((p, at) => decideSwitch(p, user, s.do === 'on', at))) oracle.person(user).on = s.do === 'on'
        } else if (s.do === 'pause') {
          if (world.decide((p, at) => decidePause(p, user, at))) oracle.pause(true)
        } else if (s.do === 'resume') {
          if (world.decide((p, at) => decideResume(p, user, at))) oracle.pause(false)
        } else if (s.do === 'skip') {
          const index = phaseAt(runOf(room.place), room.now)?.index ?? 0
          if (world.decide((p, at) => decideSkip(p, user, index, at))) oracle.next()
        } else if (s.do === 'stop') {
          if (world.decide((p, at) => decideStop(p, user, at))) oracle.stop()
        } else if (session !== undefined) {
          const person = oracle.person(user)
          if (s.do === 'leave') {
            world.decide((p, at) => decideLeave(p, user, session, 'left', at))
            Object.assign(person, { on: false, connected: false, asked: null })
          }
          if (s.do === 'drop') {
            markDropped(room.place, user, session, room.now, room.now)
            world.decide((p, at) => decideDrop(p, user, session, at))
            person.connected = false
            // What was not proven goes with the socket; the check itself stays.
            if (person.asked) person.asked = []
          }
          if (s.do === 'back') {
            markConnected(room.place, user, session, room.now)
            world.decide((p, at) => decideBack(p, user, session, at))
            person.connected = true
          }
        }
      }
      for (const user of users) {
        const session = room.place.hidden.sessions.get(user)
        if (session) world.decide((p, at) => decideLeave(p, user, session, 'left', at))
      }
      expect(room.place.hidden.intervals.size).toBe(0)
      for (const user of users) {
        const own = [...world.intervals.values()].filter((i) => i.userId === user).sort((a, b) => a.from - b.from)
        const credited = own.flatMap(({ from, to }) =>
          Array.from({ length: (to - from) / SECOND }, (_, i) => from + i * SECOND),
        )
        expect(credited).toEqual(oracle.person(user).credit)
        for (const { from, to } of own) expect(from < CUT && to > CUT).toBe(false)
      }
    }),
    { numRuns: 600 },
  )
})
