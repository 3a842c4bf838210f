import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideJoin } from '#rooms/study/members/entry.rules.ts'
import { decideDrop, decideLeave } from '#rooms/study/members/members.rules.ts'
import { markConnected, markDropped, markReturning } from '#rooms/study/members/presence.ts'
import { decideDue, nextDueAt } from '#rooms/study/room/due.rules.ts'
import { newStudyPlace, restore, snapshotOf } from '#rooms/study/snapshot.ts'
import { decideSwitch } from '#rooms/study/study/study.rules.ts'
import type { StudyPlace } from '#rooms/study/studyPlace.ts'
import { roomCreated, Scenario, who } from '#rooms/study/testing/given.ts'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import type { Envelope } from '#schemas/events/envelope.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { dayOf } from '#schemas/time/day.ts'
import { changeProfile, createProfile } from '../../database/profile/changeProfile.ts'
import { rebuildDays } from '../../database/study/rebuildDays.ts'
import { dayRows } from '../../database/study/studyDays.ts'
import { freshDatabase } from '../../database/testing/freshDatabase.ts'
import { studyTimeProjection } from './studyTimeProjection.ts'
import { MinuteOracle } from './testing/minuteOracle.ts'
import { UnsteadyLog } from './testing/unsteadyLog.ts'

const MINUTE = 60_000
/** The clocks of America change on 8 March, those of Europe on the 29th, those of Sydney on 5 April. */
const START = Date.UTC(2026, 2, 6)
const END = START + 40 * 1440 * MINUTE

const zones = [
  { timeZone: 'Asia/Seoul', dayStartHour: 5 },
  { timeZone: 'America/New_York', dayStartHour: 2 },
  { timeZone: 'Europe/Berlin', dayStartHour: 0 },
  { timeZone: 'Australia/Sydney', dayStartHour: 3 },
  { timeZone: 'Pacific/Kiritimati', dayStartHour: 5 },
] as const
type Zone = (typeof zones)[number]

const room = fc.constantFrom('a' as const, 'b' as const)
const sometimes = fc.integer({ max: 3, min: 0 }).map((n) => n === 0)
const mishap = fc.record({
  back: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 })),
  most: fc.integer({ min: 1, max: 400 }),
  lost: sometimes,
  doubled: sometimes,
  forgotten: sometimes,
})
// Anywhere alike, not mostly at the ends.
const share = fc.noBias(fc.integer({ min: 0, max: 9_999 })).map((n) => n / 10_000)
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('on' as const), room }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('off' as const, 'drop' as const, 'kill' as const, 'leave' as const),
      room,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('zone' as const), zone: fc.constantFrom(...zones), seen: fc.boolean() }),
  },
  // The answer to a command was lost: it is sent once more.
  { weight: 2, arbitrary: fc.record({ do: fc.constant('again' as const), room }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('deliver' as const), room, mishap }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stray' as const), room, share }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 200 }) }) },
  // All devices away for a while, or, now and then, on for more than a day.
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('away' as const), minutes: fc.integer({ min: 300, max: 3000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1400, max: 1700 }) }),
  },
)

/** A room's actor as time drives it; `kill` takes all it has in memory. */
class Room {
  scenario: Scenario
  readonly id: string
  #joins = 0
  readonly #told: (event: Envelope) => void

  constructor(id: string, told: (event: Envelope) => void) {
    this.id = id
    this.#told = told
    this.scenario = new Scenario(newStudyPlace(id))
    this.scenario.now = START
    this.scenario.given(roomCreated({ kind: 'staying', owner: 'somebody' }))
  }

  decide(decide: Parameters<Scenario['when']>[0]) {
    const outcome = this.scenario.when(decide)
    if (isRefusal(outcome)) return
    for (const event of outcome.events) this.#tell(event)
  }
  #tell(event: NewEvent) {
    const { seq, now } = this.scenario
    this.#told({ id: `${this.id}${seq}`, version: 1, key: this.id, epoch: 1, seq, at: now, actor: null, ...event })
  }

  advanceTo(until: number) {
    for (;;) {
      const due = nextDueAt(this.scenario.place, this.scenario.now)
      if (due === null || due > until) break
      this.scenario.now = Math.max(due, this.scenario.now)
      const { seq } = this.scenario
      this.decide(decideDue)
      if (this.scenario.seq === seq) break
    }
    this.scenario.now = until
  }

  get session() {
    return this.scenario.place.hidden.sessions.get('ana')
  }

  on(zone: Zone) {
    const place = () => this.scenario.place
    const present = place().state.members.get('ana')
    if (!present?.connected) {
      const session = `${this.id}-${++this.#joins}`
      const { dayEndsAt } = dayOf(this.scenario.now, zone.timeZone, zone.dayStartHour)
      const joiner = { ...who('ana'), ...zone, session, studiedMs: 0, dayEndsAt }
      this.decide((p, at) => decideJoin(p, joiner, { passwordHash: null }, at))
      markConnected(place(), 'ana', session, this.scenario.now)
      this.decide(decideDue)
    }
    this.decide((p, at) => decideSwitch(p, 'ana', true, at))
  }
  off() {
    this.decide((p, at) => decideSwitch(p, 'ana', false, at))
  }
  drop() {
    const { session, scenario } = this
    if (session === undefined) return
    markDropped(scenario.place, 'ana', session, scenario.now, scenario.now)
    this.decide((p, at) => decideDrop(p, 'ana', session, at))
  }
  leave() {
    const { session } = this
    if (session !== undefined) this.decide((p, at) => decideLeave(p, 'ana', session, 'signedOut', at))
  }
  kill() {
    const place: StudyPlace = restore(snapshotOf(this.scenario.place))
    const { now, seq } = this.scenario
    this.scenario = new Scenario(place)
    this.scenario.now = now
    this.scenario.seq = seq
    markReturning(place, now)
    this.decide(decideDue)
  }
}

test('RECORD-1, RECORD-2, RECORD-3, RECORD-4, RECORD-5: after 40 days of on, off, lost sockets, kills and journeys, of commands sent twice and events that were lost, doubled and came again, the days are those of a count by minutes', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 30, maxLength: 90 }),
      fc.constantFrom(...zones),
      fc.array(fc.record({ room, share }), { maxLength: 6 }),
      async (steps, home, strays) => {
        const db = await freshDatabase()
        await createProfile(db, { userId: 'ana', handle: 'ana', name: 'Ana', locale: 'en', createdAt: 1, ...home })
        const group = studyTimeProjection(db)
        const logs = { a: new UnsteadyLog(group), b: new UnsteadyLog(group) }
        const projectAll = async () => {
          // A little of what was told before comes again.
          for (const log of Object.values(logs)) await log.deliverRest(7)
        }
        const rooms = { a: new Room('a', (e) => logs.a.add(e)), b: new Room('b', (e) => logs.b.add(e)) }
        const oracle = new MinuteOracle(START, END, home)
        let now = START
        const wait = (wanted: number) => {
          const minutes = Math.min(wanted, (END - now) / MINUTE)
          now += minutes * MINUTE
          oracle.wait(minutes)
          for (const each of Object.values(rooms)) each.advanceTo(now)
        }
        const ends = { off: 'off', drop: 'drop', kill: 'kill', leave: 'leave' } as const
        for (const s of steps) {
          if (s.do === 'wait') wait(s.minutes)
          else if (s.do === 'away') {
            for (const each of Object.values(rooms)) each.leave()
            oracle.studying.clear()
            wait(s.minutes)
          } else if (s.do === 'zone') {
            if (s.seen) await projectAll()
            await changeProfile(db, 'ana', s.zone, now)
            oracle.zone = s.zone
          } else if ('mishap' in s) await logs[s.room].deliver(s.mishap)
          else if ('share' in s) await logs[s.room].stray(s.share)
          else if (s.do === 'again') {
            if (oracle.studying.has(s.room)) rooms[s.room].on(oracle.zone as Zone)
            else rooms[s.room].off()
          } else if (s.do === 'on') {
            rooms[s.room].on(oracle.zone as Zone)
            oracle.studying.add(s.room)
          } else {
            rooms[s.room][ends[s.do]]()
            oracle.studying.delete(s.room)
          }
        }
        for (const each of Object.values(rooms)) each.leave()
        await projectAll()
        for (const { room, share } of strays) await logs[room].stray(share)
        const rows = await dayRows(db, 'ana')
        expect(new Map(rows.map(({ day, totalMs }) => [day, totalMs]))).toEqual(new Map([...oracle.days].sort()))
        expect(rows.reduce((sum, { totalMs }) => sum + totalMs, 0)).toBeLessThanOrEqual(now - START)
        expect((await rebuildDays(db)).changed).toBe(0)
        await db.destroy()
      },
    ),
    // Shrinking forty days takes longer than the test may.
    { numRuns: 10, endOnFailure: true },
  )
})
