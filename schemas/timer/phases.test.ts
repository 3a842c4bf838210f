import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cycleMs, nextPhase, phaseAt, type TimerRun } from './phases.ts'

const MIN = 60_000
const T0 = Date.UTC(2026, 0, 5, 9)
const classic: TimerRun = {
  focusMs: 25 * MIN,
  breakMs: 5 * MIN,
  longBreakMs: 15 * MIN,
  rounds: 4,
  autoRestart: true,
  anchor: T0,
  pausedAt: 0,
}
const runs: fc.Arbitrary<TimerRun> = fc.record({
  focusMs: fc.integer({ min: MIN, max: 180 * MIN }),
  breakMs: fc.integer({ min: MIN, max: 60 * MIN }),
  longBreakMs: fc.integer({ min: MIN, max: 120 * MIN }),
  rounds: fc.integer({ min: 1, max: 12 }),
  autoRestart: fc.boolean(),
  anchor: fc.integer({ min: T0 - 1e9, max: T0 + 1e9 }),
  pausedAt: fc.constant(0),
})
const YEARS = 5 * 365 * 86_400_000

describe('TIMER-1: the phase is a function of plan, start and moment', () => {
  test('TIMER-1: a classic cycle has four focuses, three breaks and a long break', () => {
    const seen: string[] = []
    for (let at = T0; at < T0 + cycleMs(classic); ) {
      const phase = phaseAt(classic, at)
      if (!phase) throw new Error('no phase')
      seen.push(`${phase.name}${phase.round}@${(phase.startsAt - T0) / MIN}`)
      at = phase.endsAt
    }
    expect(seen.join(' ')).toBe('focus1@0 break1@25 focus2@30 break2@55 focus3@60 break3@85 focus4@90 longBreak4@115')
  })

  test('TIMER-1: phases follow each other without gap or overlap, over years', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 0, max: YEARS }), (plan, elapsed) => {
        const run = { ...plan, autoRestart: true }
        const now = run.anchor + elapsed
        const phase = phaseAt(run, now)
        if (!phase) throw new Error('a restarting timer never ends')
        expect(phase.startsAt).toBeLessThanOrEqual(now)
        expect(phase.endsAt).toBeGreaterThan(now)
        const next = nextPhase(run, now)
        expect(next).toMatchObject({ startsAt: phase.endsAt, index: phase.index + 1 })
        expect(phaseAt(run, phase.endsAt - 1)).toEqual(phase)
        expect(phaseAt(run, phase.startsAt)).toEqual(phase)
        expect(phase.name === 'focus').toBe(next?.name !== 'focus')
      }),
    )
  })

  test('TIMER-1: equals a walk from the start, phase by phase', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 0, max: 40 * 3_600_000 }), (run, elapsed) => {
        const now = run.anchor + elapsed
        let startsAt = run.anchor
        let index = 0
        for (;;) {
          const i = index % (run.rounds * 2)
          const name = i % 2 === 0 ? 'focus' : i === run.rounds * 2 - 1 ? 'longBreak' : 'break'
          const endsAt = startsAt + { focus: run.focusMs, break: run.breakMs, longBreak: run.longBreakMs }[name]
          if (!run.autoRestart && index >= run.rounds * 2) {
            expect(phaseAt(run, now)).toBeNull()
            return
          }
          if (now < endsAt) {
            const round = Math.floor(i / 2) + 1
            expect(phaseAt(run, now)).toEqual({ name, index, round, startsAt, endsAt })
            return
          }
          startsAt = endsAt
          index += 1
        }
      }),
    )
  })
})

test('TIMER-2: without auto-restart the timer ends with the long break, exactly', () => {
  fc.assert(
    fc.property(runs, fc.integer({ min: 0, max: YEARS }), (plan, beyond) => {
      const run = { ...plan, autoRestart: false }
      const end = run.anchor + cycleMs(run)
      expect(phaseAt(run, end - 1)).toMatchObject({ name: 'longBreak', endsAt: end })
      expect(nextPhase(run, end - 1)).toBeNull()
      expect(phaseAt(run, end + beyond)).toBeNull()
    }),
  )
})

test('TIMER-3: a pause stops the phase; going on, what was left is left', () => {
  fc.assert(
    fc.property(runs, fc.nat(YEARS), fc.nat(YEARS), (plan, elapsed, pause) => {
      const run = { ...plan, autoRestart: true }
      const pausedAt = run.anchor + elapsed
      const before = phaseAt(run, pausedAt)
      expect(phaseAt({ ...run, pausedAt }, pausedAt + pause)).toEqual(before)
      const after = phaseAt({ ...run, anchor: run.anchor + pause }, pausedAt + pause)
      if (!before || !after) throw new Error('no phase')
      expect(after.index).toBe(before.index)
      expect(after.endsAt - (pausedAt + pause)).toBe(before.endsAt - pausedAt)
    }),
  )
})

test('TIMER-1: not started is no phase; a moment before the start is in the first', () => {
  expect(phaseAt({ ...classic, anchor: 0 }, T0)).toBeNull()
  expect(phaseAt(classic, T0 - 5)).toMatchObject({ index: 0, startsAt: T0 })
})
