import type { Consumer } from 'mediasoup/types'
import type { ConsumerShown } from '#schemas/messages/media.ts'
import { isRefusal, refuse } from '#schemas/refusals.ts'
import type { Answering } from './answering.ts'
import { attempt } from './attempt.ts'
import { ownConsumer } from './ownConsumer.ts'
import type { Peer } from './peer.ts'
import type { Published } from './peerPlace.ts'

/** One consumer for each producer of somebody else in the place; asked for again, the one before is closed. */
export const consume: Answering<'media.consume'> = async (peer, { producers }) => {
  if (!peer.transports.has('receive') || !peer.rtpCapabilities) return refuse('not_found')
  const wanted = [...new Set(producers)]
    .map((id) => peer.place.find(id))
    .filter((published) => published !== undefined && published.peer !== peer)
  const shown = await Promise.all(wanted.map((published) => published && consumeOne(peer, published)))
  return { consumers: shown.filter((one) => one !== undefined) }
}

async function consumeOne(peer: Peer, published: Published): Promise<ConsumerShown | undefined> {
  const { producer } = published
  const transport = peer.transports.get('receive')
  const { rtpCapabilities } = peer
  if (!transport || !rtpCapabilities) return undefined
  const made = await attempt(async () => {
    const from = published.peer.at
    if (from !== peer.at) await from.pipes.to(peer.at, producer)
    if (!peer.at.router.canConsume({ producerId: producer.id, rtpCapabilities })) return undefined
    return transport.consume({ producerId: producer.id, rtpCapabilities, paused: true })
  })
  if (isRefusal(made) || !made.ok) return undefined
  const consumer = made.ok
  if (peer.closed || transport.closed || producer.closed) {
    consumer.close()
    return undefined
  }
  for (const before of peer.consumers.values()) if (before.producerId === producer.id) before.close()
  ownConsumer(peer, consumer)
  return show(consumer)
}

const show = ({ id, producerId, kind, rtpParameters, type, producerPaused }: Consumer): ConsumerShown => ({
  producer: producerId,
  consumer: id,
  kind,
  rtpParameters,
  type,
  producerPaused,
})
