import type { Ledger } from '#persistence/ports/ledger.ts'
import type { Log } from '#rooms/place/deps.ts'
import { realTimers, type Timers } from '#rooms/place/timers.ts'

const EVERY_MS = 1000
/** Longer without a look at the clock, and another node may have marked this one dead (§5.1). */
const STOOD_STILL_MS = 3000

export type WatchGenerationDeps = {
  readonly ledger: Pick<Ledger, 'generation'>
  readonly log: Log
  /** One process on one file: it is never a new generation. */
  readonly alone: boolean
  /** The ledger has come back: what runs here makes sure that it still has its place there. */
  verify(): void
  /** The ledger came back while this process stood still: nobody can tell any more whose the places are. */
  lose(): void
  readonly timers?: Timers
}

/**
 * Looks every second whether the ledger has become a new generation (§5.6), so that quiet places too are put back while
 * owners may do so. A process that stood still is not steady, from its first step on, until it has seen that the ledger
 * is still the same.
 */
export function watchGeneration({ ledger, log, alone, verify, lose, timers = realTimers }: WatchGenerationDeps) {
  let known: number | undefined
  let ranAt = timers.monotonic()
  let cancel = () => {}
  let stopped = false
  let stoodStill = false

  const look = async () => {
    const found = await ledger.generation().catch(() => undefined)
    if (!found) return
    const before = known
    known = found.id
    const slept = stoodStill
    stoodStill = false
    if (before === undefined || before === found.id) return
    log('warn', { generation: found.id, state: found.state, slept }, 'the ledger has come back as a new generation')
    if (slept) lose()
    else verify()
  }
  const round = () => {
    const now = timers.monotonic()
    if (now - ranAt >= STOOD_STILL_MS) stoodStill = true
    ranAt = now
    void look()
    if (!stopped) cancel = timers.after(EVERY_MS, round)
  }
  return {
    isSteady: () => alone || (!stoodStill && timers.monotonic() - ranAt < STOOD_STILL_MS),
    start(): void {
      ranAt = timers.monotonic()
      if (!alone) round()
    },
    stop(): void {
      stopped = true
      cancel()
    },
  }
}
