import type { Envelope } from '#schemas/events/envelope.ts'
import type { KeptPlace } from '../ports/keptPlaces.ts'
import type { PlaceDocument, RunDocument } from './keptPlacesModels.ts'

/** Bytes of one document at most, far below what the server takes; an event is 128 KB at most. */
const RUN_BYTES = 2_000_000

/** What the log told of one place together, in documents that are not too large. */
export function runsOf(place: string, told: readonly Envelope[]): RunDocument[] {
  const runs: RunDocument[] = []
  let bytes = 0
  for (const event of told.toSorted((a, b) => a.seq - b.seq)) {
    const body = JSON.stringify(event)
    const last = runs.at(-1)
    if (last && last.to >= event.seq) continue
    bytes += body.length
    if (last && last.to === event.seq - 1 && bytes < RUN_BYTES) {
      last.events.push(body)
      last.to = event.seq
    } else {
      bytes = body.length
      runs.push({ _id: `${place}/${event.seq}`, place, from: event.seq, to: event.seq, events: [body] })
    }
  }
  return runs
}

/**
 * Snapshot and events without a gap up to the head. What was told again is there once; of two that have one number, as after a
 * ledger that lost what it had acknowledged, the newer owner's counts.
 */
export function asKept(place: PlaceDocument, runs: readonly RunDocument[]): KeptPlace {
  const version = place.version ?? 0
  const byNumber = new Map<number, Envelope>()
  for (const body of runs.flatMap(({ events }) => events)) {
    const event = JSON.parse(body) as Envelope
    if (event.seq > version && event.epoch >= (byNumber.get(event.seq)?.epoch ?? 0)) byNumber.set(event.seq, event)
  }
  const events: Envelope[] = []
  for (let seq = version + 1; seq <= place.head; seq++) {
    const event = byNumber.get(seq)
    if (!event) throw new Error(`the archive lacks event ${seq} of ${place.head} of place ${place._id}`)
    events.push(event)
  }
  const snapshot = place.body && version > 0 ? { version, body: place.body } : null
  return { head: place.head, snapshot, events }
}
