import type { WebRtcTransport } from 'mediasoup/types'
import {
  IceCandidate,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceParameters,
  RTCIceTransport,
} from 'werift'

/** GCM and AES-CM, by werift's numbers (RFC 5764, RFC 7714). */
const PROFILES = [0x0007, 0x0001] as const

/** Connects a WebRTC library without a browser: ICE, then DTLS as its client, so that the worker is the server as with browsers. */
export async function connectClient(to: WebRtcTransport): Promise<RTCDtlsTransport> {
  const gatherer = new RTCIceGatherer({ useIpv4: true, useIpv6: false, additionalHostAddresses: ['127.0.0.1'] })
  const ice = new RTCIceTransport(gatherer)
  ice.connection.iceControlling = true
  await gatherer.gather()
  ice.setRemoteParams(new RTCIceParameters({ ...to.iceParameters, iceLite: true }))
  for (const { foundation, address, port, priority, protocol, type } of to.iceCandidates)
    await ice.addRemoteCandidate(new IceCandidate(1, foundation, address, port, priority, protocol, type))
  await ice.addRemoteCandidate(undefined)
  const certificate = await RTCDtlsTransport.SetupCertificate()
  const dtls = new RTCDtlsTransport({}, ice, certificate, [...PROFILES])
  dtls.role = 'client'
  const prints = to.dtlsParameters.fingerprints.map((it) => new RTCDtlsFingerprint(it.algorithm, it.value))
  dtls.setRemoteParams(new RTCDtlsParameters(prints, 'server'))
  const [fingerprint] = certificate.getFingerprints()
  await to.connect({
    dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: fingerprint?.value ?? '' }] },
  })
  await ice.start()
  await dtls.start()
  return dtls
}
