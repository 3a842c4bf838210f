import type { types } from 'mediasoup-client'
import type { Reply } from '#schemas/messages/catalogue.ts'
import type { ConsumerShown, IceServer, mediaMessages } from '#schemas/messages/media.ts'

/**
 * WebRTC's parameter objects come as records over the wire; mediasoup-client checks them itself and throws at what it
 * cannot use. These are the only places where they get its types.
 */
export const capabilitiesOf = (body: Reply<typeof mediaMessages, 'media.join'>): types.RtpCapabilities =>
  body.rtpCapabilities as unknown as types.RtpCapabilities

export const iceServersOf = (servers: readonly IceServer[]): RTCIceServer[] => servers as RTCIceServer[]

export const iceParametersOf = (body: { readonly iceParameters: Record<string, unknown> }): types.IceParameters =>
  body.iceParameters as unknown as types.IceParameters

export const transportOf = (
  body: Reply<typeof mediaMessages, 'media.createTransport'>,
  iceServers: readonly IceServer[],
): types.TransportOptions => ({
  id: body.transport,
  iceParameters: iceParametersOf(body),
  iceCandidates: body.iceCandidates as unknown as types.IceCandidate[],
  dtlsParameters: body.dtlsParameters as unknown as types.DtlsParameters,
  iceServers: iceServersOf(iceServers),
})

export const consumerOf = (shown: ConsumerShown, streamId: string): types.ConsumerOptions => ({
  id: shown.consumer,
  producerId: shown.producer,
  kind: shown.kind,
  rtpParameters: shown.rtpParameters as unknown as types.RtpParameters,
  streamId,
})
