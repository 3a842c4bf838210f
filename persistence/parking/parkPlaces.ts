import type { KeptPlaces } from '../ports/keptPlaces.ts'
import type { PlaceParking } from '../ports/placeParking.ts'

/** A place that nothing has happened in for so long leaves the ledger's memory: 7 days. */
export const IDLE_MS = 7 * 24 * 3_600_000
/** What is known of ended places is that they have ended, for 31 days: longer than any log repeats what was before. */
export const ENDED_MS = 31 * 24 * 3_600_000
const AT_ONCE = 200

export type ParkDeps = {
  readonly kept: Pick<KeptPlaces, 'idle' | 'reach' | 'keepSnapshot' | 'parked' | 'sweep'>
  readonly ledger: PlaceParking
}

/**
 * Parks places that have been idle for a week before `now` (milliseconds of the ledger's clock): final number and snapshot go to
 * the archive, then the ledger forgets the place; whoever claims it gets it back from there. One that somebody has claimed, that the
 * log lacks something of, or whose archive is behind, is passed over and left for the next time. Any number of processes may do so,
 * and break off anywhere. Returns how many were parked.
 */
export async function parkPlaces({ kept, ledger }: ParkDeps, now: number): Promise<number> {
  let parked = 0
  for (let left = 0; ; ) {
    const idle = await kept.idle(now - IDLE_MS, AT_ONCE, left)
    const reach = await kept.reach(idle)
    for (const place of idle) {
      const known = reach.get(place)
      const rest = await ledger.rest(place)
      if (rest) {
        const { epoch, head, confirmed, owned, snapshot } = rest
        const whole = !owned && confirmed === head && snapshot?.version === head && known?.head === head
        if (whole) await kept.keepSnapshot(place, head, snapshot.body)
        if (!whole || !(await ledger.park(place, epoch, head))) {
          left++
          continue
        }
        parked++
      }
      // The ledger has lost it, or another has parked it: there is nothing to take out.
      if (known) await kept.parked(place, known.head)
    }
    if (idle.length < AT_ONCE) break
  }
  await kept.sweep(now - ENDED_MS)
  return parked
}
