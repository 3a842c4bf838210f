import { createHmac } from 'node:crypto'
import type { TimerRun } from '#schemas/timer/phases.ts'
import type { StudyPlace } from '../studyPlace.ts'

/** What a room keeps of one present member's checks while it asks for them (T4). */
export type Attest = {
  /** Checks so far in this stay. */
  readonly count: number
  /** Counted time between the last proof and the next check. */
  readonly gapMs: number
  /** Counted time since the last proof, without the interval that runs. */
  readonly countedMs: number
  /** The last proof: entry, answer, or the end of a check that was missed. */
  readonly since: number
  /** The check that was answered last, 0 if none. */
  readonly answered: number
  /** Runs of the shared timer that were changed under an open check, each until then: an answer goes through them. */
  readonly past: readonly { readonly run: TimerRun; readonly until: number }[]
}

/** Uniform in [minMs, maxMs): the same for the same seed and name, and not to be told without the seed. */
export function gapOf(seed: string, name: string, minMs: number, maxMs: number): number {
  const draw = createHmac('sha256', seed).update(name).digest().readUInt32BE(0) / 2 ** 32
  return Math.floor(minMs + draw * (maxMs - minMs))
}

/** The wait for a member's next check, `count` of this stay: it begins anew at `since`. */
export function nextWait({ state, hidden }: StudyPlace, userId: string, count: number, since: number): Attest {
  const { minMs, maxMs } = state.attest
  const entrance = state.members.get(userId)?.entrance ?? 0
  const gapMs = gapOf(hidden.attestSeed, `${userId}/${entrance}/${count}`, minMs, maxMs)
  return { count, gapMs, countedMs: 0, since, answered: 0, past: [] }
}

/** When the member is to be asked; Infinity while nobody is, while his time does not count, or while he is being asked. */
export function checkDueAt({ state, hidden }: StudyPlace, userId: string): number {
  const attest = hidden.attests.get(userId)
  const interval = hidden.intervals.get(userId)
  if (!state.attest.on || !attest || !interval || (state.members.get(userId)?.checkAt ?? 0) > 0)
    return Number.POSITIVE_INFINITY
  return Math.max(interval.from, attest.since) + Math.max(0, attest.gapMs - attest.countedMs)
}
