import type { Consumer } from 'mediasoup/types'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { Answering } from './answering.ts'
import { attempt } from './attempt.ts'

type Wish = Parameters<Answering<'media.setConsumers'>>[1]['consumers'][number]

/** Those that are gone are left out: their end is on its way to the client. `not_found` if none of them is his. */
export const setConsumers: Answering<'media.setConsumers'> = async (peer, { consumers }) => {
  const found = consumers.flatMap((wish) => {
    const consumer = peer.consumers.get(wish.consumer)
    return consumer ? [{ consumer, wish }] : []
  })
  if (found.length === 0) return refuse('not_found')
  const done = await Promise.all(found.map(({ consumer, wish }) => fulfil(consumer, wish)))
  return done.find((one) => one !== undefined && one.refused !== 'not_found') ?? {}
}

async function fulfil(consumer: Consumer, wish: Wish): Promise<Refusal | undefined> {
  const { paused, spatial, temporal, priority, keyFrame } = wish
  const video = consumer.kind === 'video'
  const done = await attempt(async () => {
    if (priority !== undefined && priority !== consumer.priority) await consumer.setPriority(priority)
    if (video && (spatial !== undefined || temporal !== undefined) && consumer.type !== 'simple')
      await consumer.setPreferredLayers({
        spatialLayer: spatial ?? consumer.preferredLayers?.spatialLayer ?? 3,
        ...(temporal !== undefined && { temporalLayer: temporal }),
      })
    if (paused !== undefined && paused !== consumer.paused) await (paused ? consumer.pause() : consumer.resume())
    // A consumer that goes on asks for a picture by itself.
    if (video && keyFrame && paused !== false) await consumer.requestKeyFrame()
  })
  if (!isRefusal(done)) return undefined
  return consumer.closed ? refuse('not_found') : done
}
