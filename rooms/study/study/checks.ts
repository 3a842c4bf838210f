import type { TimerRun } from '#schemas/timer/phases.ts'
import { catchUp, close, type Desk, extend, settle, turnDay, walk } from './studyBook.ts'

/** Shows a presence check (T4): booked until now, and nothing beyond before it is answered. */
export function ask(desk: Desk, now: number): void {
  if (!desk.interval) return
  extend(desk, now)
  desk.asked = now
  desk.events.push({ type: 'attest.asked', data: { userId: desk.userId } })
}

/**
 * The check is answered: the time since it was shown is proven and booked as if it had never been shown, boundaries and
 * changes of the shared timer at their exact times. The answer comes within a minute, so no process has stood still for long.
 * An interval that a lost socket has ended at the check stays ended; `run` is the run that holds now.
 */
export function answer(desk: Desk, run: TimerRun, now: number): void {
  const { asked, past } = desk
  desk.asked = 0
  desk.events.push({ type: 'attest.answered', data: { userId: desk.userId, asked } })
  if (desk.interval) {
    let from = asked
    for (const [i, { run: then, until }] of past.entries()) {
      walk(desk, then, from, until)
      settle(desk, past[i + 1]?.run ?? run, until)
      from = until
    }
    walk(desk, run, from, now)
    extend(desk, now)
  }
  catchUp(desk, run, now)
}

/** The check was not answered in time: the clock stops at the moment it was shown, the last proof there is. */
export function miss(desk: Desk, now: number): void {
  const { asked, userId } = desk
  close(desk, asked)
  desk.asked = 0
  desk.on = false
  desk.events.push({ type: 'study.switched', data: { userId, on: false } })
  desk.events.push({ type: 'attest.missed', data: { userId, asked } })
  turnDay(desk, now)
}
