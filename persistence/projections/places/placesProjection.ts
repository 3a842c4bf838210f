import type { Envelope } from '#schemas/events/envelope.ts'
import type { ConsumerGroup } from '../../ports/eventLog.ts'
import type { KeptPlaces } from '../../ports/keptPlaces.ts'
import { LedgerUnavailable } from '../../ports/ledger.ts'
import type { PlaceParking } from '../../ports/placeParking.ts'

const BATCH = 500
/** Events of a place after which its snapshot is looked for, so that what is kept above it stays short. */
const LOOK_EVERY = 100
const ENDS = 'room.ended'

/**
 * Everything the log tells of places, whatever it is, so that a place can be restored that the ledger has lost (DESIGN §5.6).
 * Snapshots come from the ledger: one is kept only once the log has told all that is in it.
 */
export const placesProjection = (kept: KeptPlaces, ledger: Pick<PlaceParking, 'rest'>): ConsumerGroup => ({
  group: 'places',
  batchSize: BATCH,
  async handle(batch) {
    // Conversations without an actor have no epoch.
    const events = batch.filter(({ epoch }) => epoch > 0)
    if (events.length === 0) return
    await kept.add(events)
    await kept.end([...new Set(events.filter(({ type }) => type === ENDS).map(({ key }) => key))])
    const told = Map.groupBy(events, ({ key }) => key)
    const reach = await kept.reach([...told].filter(isLookedAt).map(([place]) => place))
    await Promise.all(
      [...reach].map(async ([place, { head, snapshot }]) => {
        const newer = (await resting(ledger, place))?.snapshot
        if (newer && newer.version > snapshot && newer.version <= head)
          await kept.keepSnapshot(place, newer.version, newer.body)
      }),
    )
  },
})

/** Every hundred events. */
function isLookedAt([, events]: readonly [string, readonly Envelope[]]): boolean {
  return events.some(({ seq }) => seq % LOOK_EVERY === 0)
}

/** A ledger that is away is asked again after the next hundred. */
async function resting(ledger: Pick<PlaceParking, 'rest'>, place: string) {
  return ledger.rest(place).catch((error: unknown) => {
    if (error instanceof LedgerUnavailable) return null
    throw error
  })
}
