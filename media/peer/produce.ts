import type { Producer, RtpParameters } from 'mediasoup/types'
import { kindOf, type MediaSource } from '#schemas/media/sources.ts'
import { isRefusal, refuse } from '#schemas/refusals.ts'
import { parse } from '../ortc/parse.ts'
import { rtpParameters } from '../ortc/rtpParameters.ts'
import type { Answering } from './answering.ts'
import { attempt } from './attempt.ts'
import type { Peer } from './peer.ts'

/** One producer for each source: the one before is closed first, for both may use the same SSRC. */
export const produce: Answering<'media.produce'> = async (peer, payload) => {
  const { source, paused } = payload
  const transport = peer.transports.get('send')
  if (transport?.id !== payload.transport) return refuse('not_found')
  const kind = kindOf(source)
  const read = parse(rtpParameters, payload.rtpParameters)
  if (isRefusal(read)) return read
  if (read.ok.codecs.some((codec) => !codec.mimeType.toLowerCase().startsWith(`${kind}/`)))
    return refuse('invalid', { at: 'codecs' })
  peer.stop(source)
  const made = await attempt(() =>
    transport.produce({
      kind,
      rtpParameters: read.ok as RtpParameters,
      paused,
      appData: { peer: peer.id },
      ...(kind === 'video' && { keyFrameRequestDelay: 500 }),
    }),
  )
  if (isRefusal(made)) return made
  const producer = made.ok
  if (peer.closed || transport.closed) {
    producer.close()
    return refuse('not_found')
  }
  own(peer, source, producer)
  if (source === 'microphone') {
    const heard = await attempt(() => peer.at.hearing.add(producer))
    if (isRefusal(heard)) {
      producer.close()
      return heard
    }
  }
  return { producer: producer.id }
}

function own(peer: Peer, source: MediaSource, producer: Producer) {
  peer.producers.set(source, producer)
  producer.observer.once('close', () => {
    if (peer.producers.get(source) !== producer) return
    peer.producers.delete(source)
    if (!peer.ending) peer.place.published(peer, source, null)
  })
  let told = -1
  producer.on('score', (scores) => {
    const score = Math.max(0, ...scores.map((one) => one.score))
    if (score === told || peer.ending) return
    told = score
    peer.place.tell(peer, { kind: 'producerScore', source, score })
  })
  peer.place.published(peer, source, producer)
  if (producer.paused) peer.place.paused(peer, source, true)
}
