import type { Envelope } from '#schemas/events/envelope.ts'
import { envelopeOf } from '../ledger/eventBody.ts'
import type { LogRow } from './procedures/logProcedures.ts'

/** Newest rows that stay at hand and are fetched at once, and the most characters of theirs. */
const ROWS = 500
const CHARACTERS = 1_000_000

export type LogPage = {
  readonly events: readonly Envelope[]
  /** Position of the last of them, null if there is none. */
  readonly last: number | null
}
export type LogPages = ReturnType<typeof logPages>
type Kept = { readonly pos: number; readonly event: Envelope; readonly size: number }

/**
 * The log's newest rows, fetched and parsed once for all groups of this process: they stand at about the same position, and
 * each reading for itself cost more than what most of them do with an event. Memory is bounded; who is behind it reads past it.
 * The events are shared: nobody may change them.
 */
export function logPages(fetch: (after: number, limit: number) => Promise<readonly LogRow[]>) {
  // All rows of the log above `from`, up to `to`.
  let rows: Kept[] = []
  let from = 0
  let to = -1
  let size = 0
  let stale = true
  let fetching: Promise<void> | null = null

  const kept = ({ pos, key, seq, epoch, body }: LogRow): Kept => ({
    ...{ pos, event: envelopeOf(key, seq, epoch, body), size: body.length },
  })
  const pageOf = (part: readonly Kept[]): LogPage => ({
    events: part.map(({ event }) => event),
    last: part.at(-1)?.pos ?? null,
  })
  const keep = (more: readonly Kept[]) => {
    rows = rows.concat(more)
    to = rows.at(-1)?.pos ?? to
    for (const row of more) size += row.size
    let old = 0
    for (; rows.length - old > ROWS || size > CHARACTERS; old++) {
      from = rows[old]?.pos ?? from
      size -= rows[old]?.size ?? 0
    }
    if (old > 0) rows = rows.slice(old)
  }
  const fetchMore = async () => {
    const end = to
    stale = false
    try {
      const found = await fetch(end, ROWS)
      // Somebody farther on may have begun anew meanwhile.
      if (to === end) keep(found.map(kept))
      if (found.length === ROWS) stale = true
    } catch (error) {
      stale = true
      throw error
    } finally {
      fetching = null
    }
  }
  const beginAt = (pos: number) => {
    rows = []
    size = 0
    from = pos
    to = pos
    stale = true
  }

  return {
    /** Something was committed: what is at hand is no longer all. */
    committed() {
      stale = true
    },
    /** Events above `after`, ascending: all that were committed before the call, or `limit` of them. */
    async read(after: number, limit: number): Promise<LogPage> {
      if (after > to) beginAt(after)
      if (after >= from && limit <= ROWS) {
        // One that is under way may have begun before the call.
        if (fetching) await fetching
        // Another one that has begun since then is as good as one of ours.
        if (fetching || stale || after >= to) {
          fetching ??= fetchMore()
          await fetching
        }
      }
      if (after < from || after > to || limit > ROWS) return pageOf((await fetch(after, limit)).map(kept))
      const at = rows.findIndex(({ pos }) => pos > after)
      return pageOf(at < 0 ? [] : rows.slice(at, at + limit))
    },
  }
}
