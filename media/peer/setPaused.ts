import type { MediaSource } from '#schemas/media/sources.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { attempt } from './attempt.ts'
import type { Peer } from './peer.ts'

/** Pauses what it sends of `source`, or goes on with it; without effect for what is not there or is so already. */
export async function setPaused(peer: Peer, source: MediaSource, paused: boolean): Promise<void> {
  const producer = peer.producers.get(source)
  if (!producer || producer.paused === paused) return
  const done = await attempt(() => (paused ? producer.pause() : producer.resume()))
  if (!isRefusal(done) && !peer.closed && !producer.closed) peer.place.paused(peer, source, paused)
}
