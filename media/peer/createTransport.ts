import type { RtpCapabilities, WebRtcTransport } from 'mediasoup/types'
import { isRefusal, refuse } from '#schemas/refusals.ts'
import { parse } from '../ortc/parse.ts'
import { rtpCapabilities } from '../ortc/rtpCapabilities.ts'
import type { Answering } from './answering.ts'
import { attempt } from './attempt.ts'
import type { Peer } from './peer.ts'

/** One for each direction: another one takes the place of the first, with all that went over it. */
export const createTransport: Answering<'media.createTransport'> = async (peer, { direction, ...given }) => {
  const { settings } = peer.place
  const capabilities = direction === 'receive' ? parse(rtpCapabilities, given.rtpCapabilities) : undefined
  if (isRefusal(capabilities)) return capabilities
  peer.transports.get(direction)?.close()
  const made = await attempt(() =>
    peer.at.router.createWebRtcTransport({
      webRtcServer: peer.at.worker.started.server,
      preferUdp: true,
      initialAvailableOutgoingBitrate: settings.initialOutgoingBitrate,
    }),
  )
  if (isRefusal(made)) return made
  const transport = made.ok
  if (peer.closed) {
    transport.close()
    return refuse('not_found')
  }
  own(peer, direction, transport)
  if (capabilities) peer.rtpCapabilities = capabilities.ok as RtpCapabilities
  else {
    const limited = await attempt(() => transport.setMaxIncomingBitrate(settings.maxIncomingBitrate))
    if (isRefusal(limited)) return limited
  }
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport
  return { transport: id, iceParameters, iceCandidates, dtlsParameters }
}

/**
 * A transport whose DTLS has ended cannot be used again. One whose ICE is disconnected is kept: its client may come back by
 * `restartIce`, and if he is gone the room closes the peer.
 */
function own(peer: Peer, direction: 'send' | 'receive', transport: WebRtcTransport) {
  peer.transports.set(direction, transport)
  transport.on('dtlsstatechange', (state) => {
    if (state === 'failed' || state === 'closed') transport.close()
  })
  transport.observer.once('close', () => {
    if (peer.transports.get(direction) === transport) peer.transports.delete(direction)
  })
}
