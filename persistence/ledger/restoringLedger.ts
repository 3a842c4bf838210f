import { setTimeout as sleep } from 'node:timers/promises'
import type { KeptPlace, KeptPlaces } from '../ports/keptPlaces.ts'
import { type Claimed, type Ledger, LedgerRestoring, LedgerUnavailable } from '../ports/ledger.ts'
import { StoreUnavailable } from '../ports/storeUnavailable.ts'

/** How long one who asks waits for the archive to pass the log's end. */
const PASS_MS = 3000

export type RestoringDeps = {
  readonly kept: Pick<KeptPlaces, 'has' | 'of'>
  /** Resolves when all that the log holds now is kept; rejects when `gone` says that nobody waits any more. */
  keptPassed(gone: () => boolean): Promise<void>
}

/**
 * A ledger that finds places in the archive which it has lost or let go (§5.6, §5.8): they exist, and whoever claims one claims it
 * as it was, under an epoch above all before. Nothing is taken from the archive before that has passed the log's end, so nothing is
 * restored without its newest events, nor what has ended meanwhile. An archive that is away is told as a ledger that is.
 */
export function restoringLedger(ledger: Ledger, { kept, keptPassed }: RestoringDeps): Ledger {
  async function keptNow(place: string): Promise<KeptPlace | null> {
    try {
      if (!(await kept.has(place))) return null
      let over = false
      const late = sleep(PASS_MS, undefined, { ref: false }).then(() => {
        over = true
        throw new LedgerUnavailable(`what is kept of ${place} is behind the log`)
      })
      await Promise.race([keptPassed(() => over), late]).finally(() => {
        over = true
        late.catch(() => undefined)
      })
      return await kept.of(place)
    } catch (error) {
      if (error instanceof StoreUnavailable) throw new LedgerUnavailable(error.message, { cause: error })
      throw error
    }
  }

  async function refill(place: string, node: string, claim: Claimed, found: KeptPlace): Promise<Claimed> {
    const { head, snapshot, events } = found
    const { epoch } = claim
    const answer = await ledger.putBack({
      ...{ place, node, epoch, confirmed: head, snapshot, from: snapshot?.version ?? 0 },
      events: events.map(({ id, type, version, at, actor, data }) => ({ id, type, version, at, actor, data })),
    })
    // It has ended, and the log does not know yet; or another was quicker.
    if (!answer.ok || answer.version !== head) throw new LedgerUnavailable(`${place} could not be refilled`)
    const told = events.map((event) => ({ ...event, epoch }))
    return { ...claim, version: head, confirmed: head, snapshot, events: told, refilled: true }
  }

  return {
    ...ledger,
    async exists(place) {
      if (await ledger.exists(place)) return true
      // Its owner may put it back yet, or the archive may not know of it yet.
      const { state } = await ledger.generation()
      if (state !== 'open') throw new LedgerRestoring(`the ledger has come back and waits for: ${state}`)
      return (await keptNow(place)) !== null
    },
    async claim(place, node) {
      const claim = await ledger.claim(place, node)
      if ('owner' in claim || claim.version > 0) return claim
      try {
        const found = await keptNow(place)
        return found ? await refill(place, node, claim, found) : claim
      } catch (error) {
        await ledger.release(place, claim.epoch).catch(() => undefined)
        throw error
      }
    },
  }
}
