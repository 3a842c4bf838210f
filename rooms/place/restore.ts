import type { Claimed, Ledger } from '#persistence/ports/ledger.ts'
import { parseEvent } from '#schemas/events/catalogue.ts'
import type { PlaceModel } from './model.ts'
import { Watermark } from './watermark.ts'

/** Another living node owns the place. */
export class OwnedElsewhere extends Error {
  override readonly name = 'OwnedElsewhere'
  readonly owner: string
  constructor(owner: string) {
    super(`${OWNED_BY}${owner}`)
    this.owner = owner
    // No bug: when a node has died, everybody who comes back meets it several times, and Colyseus writes each out in full.
    this.stack = `${this.name}: ${this.message}`
  }
}

const OWNED_BY = 'the place is owned by '

/** The owner named by an `OwnedElsewhere` that has passed through Colyseus, which keeps nothing of an error but its message. */
export function ownerIn(error: unknown): string | undefined {
  const { message } = error as Error
  return message.startsWith(OWNED_BY) ? message.slice(OWNED_BY.length) : undefined
}

export type Restored<P> = {
  readonly place: P
  readonly claim: Claimed
  readonly watermark: Watermark
  /** Time of the newest event, 0 if there is none in the tail. */
  readonly lastEventAt: number
}

/**
 * Claims a place and brings it back: snapshot, then tail (§5.6). Throws `OwnedElsewhere`, `LedgerUnavailable`, or, when
 * snapshot or tail hold something this release cannot read, an error: a place is never restored with a part left out, and
 * is given up again.
 */
export async function restorePlace<P>(
  ledger: Pick<Ledger, 'claim' | 'release'>,
  node: string,
  id: string,
  model: PlaceModel<P>,
): Promise<Restored<P>> {
  const claim = await ledger.claim(id, node)
  if ('owner' in claim) throw new OwnedElsewhere(claim.owner)
  try {
    return build(id, model, claim)
  } catch (error) {
    // A node of a later release may read what this one cannot.
    await ledger.release(id, claim.epoch).catch(() => undefined)
    throw error
  }
}

function build<P>(id: string, model: PlaceModel<P>, claim: Claimed): Restored<P> {
  const { snapshot, confirmed } = claim
  const place = snapshot ? model.restore(id, snapshot.body) : model.fresh(id)
  // A snapshot above the confirmed mark does not tell which of its messages are stored: then none is called so yet.
  const watermark = new Watermark(!snapshot || snapshot.version <= confirmed ? model.chatHead(place) : 0)
  let lastEventAt = 0
  for (const envelope of claim.events) {
    const parsed = parseEvent(envelope)
    if (!parsed.ok) throw new Error(`place ${id}, event ${envelope.seq}: ${parsed.why} (${parsed.detail})`)
    model.apply(place, parsed.event)
    watermark.note(parsed.event)
    lastEventAt = Math.max(lastEventAt, envelope.at)
  }
  watermark.confirm(confirmed)
  if (confirmed >= claim.version) watermark.through = model.chatHead(place)
  return { place, claim, watermark, lastEventAt }
}
