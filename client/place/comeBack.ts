import { reconnectableCodes } from '#schemas/closeCodes.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import type { StudyShape } from '#schemas/roomShapes.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import { backoffMs } from '../backoff.ts'
import type { Seat } from '../connection/link.ts'
import { openLink } from '../connection/openLink.ts'
import type { HubSetup } from '../options.ts'
import { TimerGroup } from '../timers.ts'
import { isPassing } from './enterSeat.ts'
import type { PlaceLink } from './placeHandle.ts'
import { afterClose } from './verdicts.ts'

/** So long the same seat at the same address is tried; then any node will do (§5.6). */
const SAME_SEAT_MS = 2_000
const ONE_TRY_MS = 1_200
/** Unreachable for so long, the connection counts as offline whatever the device thinks. */
const OFFLINE_AFTER_MS = 8_000
const MOST_MS = 3_000

export type ComeBack = {
  readonly setup: HubSetup
  readonly seat: Seat
  readonly token: string
  readonly code: number
  enter(): Promise<PlaceLink | Refusal>
  /** False once nobody waits for the outcome any more. */
  wanted(): boolean
  /** What the person is told meanwhile. */
  tell(connection: 'reconnecting' | 'offline'): void
}

/**
 * Finds the way back after a drop, for as long as it takes: the same seat by its token for about 2 s, then a new seat
 * through the API, with jitter and growing pauses, at once when the device says that the network is back. Ends with a
 * connection, with a refusal that is a decision about this user, with a close code that is one, or null when not wanted.
 */
export async function comeBack(task: ComeBack): Promise<PlaceLink | Refusal | { closed: number } | null> {
  const { setup } = task
  const timers = new TimerGroup(setup.timers)
  const since = timers.mono()
  const offline = () => !setup.online.now() || timers.mono() - since > OFFLINE_AFTER_MS
  try {
    if (reconnectableCodes.has(task.code)) {
      for (let i = 0; timers.mono() - since < SAME_SEAT_MS && task.wanted(); i++) {
        await timers.sleep(backoffMs(i, setup.random, 100, 600))
        if (!task.wanted()) return null
        const opened = await openLink<StudyShape, StudyState>(setup.origin, task.seat, task.token, ONE_TRY_MS, timers)
        if ('link' in opened) return opened.link
        if (afterClose('', opened.failed)) return { closed: opened.failed }
        // The server spoke, and does not know this seat (any more).
        if (opened.failed >= 4000 || opened.failed < 1000) break
      }
    }
    for (let i = 0; task.wanted(); i++) {
      await pause(setup, timers, i === 0 ? setup.random() * 300 : backoffMs(i, setup.random, 250, MOST_MS))
      if (!task.wanted()) return null
      const entered = await task.enter()
      if (!isRefusal(entered)) return entered
      if (!isPassing(entered)) return entered
      task.tell(offline() ? 'offline' : 'reconnecting')
    }
    return null
  } finally {
    timers.close()
  }
}

/** Waits, but no longer than until the network is back. */
function pause(setup: HubSetup, timers: TimerGroup, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel()
      forget()
      resolve()
    }
    const cancel = timers.after(ms, done)
    const forget = setup.online.subscribe(() => setup.online.now() && done())
  })
}
