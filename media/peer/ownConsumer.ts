import type { Consumer, ConsumerScore } from 'mediasoup/types'
import type { Peer } from './peer.ts'

/** Makes `consumer` one of the peer's: closed with it, its changes told to it. */
export function ownConsumer(peer: Peer, consumer: Consumer) {
  const { id } = consumer
  const { worker } = peer.at
  peer.consumers.set(id, consumer)
  worker.load += 1
  consumer.observer.once('close', () => {
    worker.load -= 1
    if (peer.consumers.delete(id)) peer.place.tell(peer, { kind: 'consumerClosed', consumer: id })
  })
  const pausedBy = (paused: boolean) => () => peer.place.tell(peer, { kind: 'consumerPaused', consumer: id, paused })
  consumer.on('producerpause', pausedBy(true))
  consumer.on('producerresume', pausedBy(false))
  consumer.on('layerschange', (layers) =>
    peer.place.tell(peer, { kind: 'consumerLayers', consumer: id, spatial: layers?.spatialLayer ?? null }),
  )
  let told = -1
  consumer.on('score', (scores: ConsumerScore) => {
    const score = Math.min(scores.score, scores.producerScore)
    if (score === told) return
    told = score
    peer.place.tell(peer, { kind: 'consumerScore', consumer: id, score })
  })
}
