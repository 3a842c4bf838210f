import { isIP } from 'node:net'
import {
  IceCandidate,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceParameters,
  RTCIceTransport,
  type RtpPacket,
} from 'werift'
import type { MediaPlace } from '#media/ports/media.ts'
import { answered } from './answered.ts'

const AES_128_CM_SHA1_80 = 1

type Offered = {
  iceParameters: Record<string, unknown>
  iceCandidates: Record<string, unknown>[]
  dtlsParameters: Record<string, unknown>
}

/** One transport of a WebRTC client without a browser: real ICE, DTLS and SRTP. */
export class WebrtcLeg {
  readonly transport: string
  readonly #ice: RTCIceTransport
  readonly #dtls: RTCDtlsTransport
  #candidates: Offered['iceCandidates'] = []

  private constructor(transport: string, ice: RTCIceTransport, dtls: RTCDtlsTransport) {
    this.transport = transport
    this.#ice = ice
    this.#dtls = dtls
  }

  /**
   * `offered`: the answer to `media.createTransport`. Resolves when DTLS is connected; for a `stranger`, whose certificate is
   * not the one he announces, when it has begun.
   */
  static async connect(
    place: MediaPlace,
    peer: string,
    transport: string,
    offered: Offered,
    stranger = false,
  ): Promise<WebrtcLeg> {
    const gatherer = new RTCIceGatherer({ useIpv6: false, additionalHostAddresses: ['127.0.0.1'] })
    const ice = new RTCIceTransport(gatherer)
    await ice.gather()
    ice.connection.iceControlling = true
    const certificate = await RTCDtlsTransport.SetupCertificate()
    const dtls = new RTCDtlsTransport({}, ice, certificate, [AES_128_CM_SHA1_80])
    dtls.role = 'client'
    answered(
      await place.request(peer, 'media.connectTransport', {
        transport,
        dtlsParameters: {
          role: 'client',
          fingerprints: dtls.localParameters.fingerprints.map(({ algorithm, value }) => ({
            algorithm,
            value: stranger ? value.replaceAll(/[0-9A-F]/gi, 'A') : value,
          })),
        },
      }),
    )
    const leg = new WebrtcLeg(transport, ice, dtls)
    leg.#candidates = offered.iceCandidates
    await leg.#meet(offered)
    const { fingerprints } = offered.dtlsParameters as unknown as RTCDtlsParameters
    dtls.setRemoteParams(new RTCDtlsParameters(fingerprints, 'server'))
    const connected = dtls.start()
    if (stranger) connected.catch(() => {})
    else await connected
    return leg
  }

  /** Meets the other side anew, after `media.restartIce`. */
  async restart(iceParameters: Record<string, unknown>): Promise<void> {
    this.#ice.restart()
    await this.#ice.gather()
    this.#ice.connection.iceControlling = true
    await this.#meet({ iceParameters, iceCandidates: this.#candidates })
  }

  async #meet({ iceParameters, iceCandidates }: Omit<Offered, 'dtlsParameters'>): Promise<void> {
    this.#ice.setRemoteParams(new RTCIceParameters({ ...iceParameters, iceLite: true }))
    for (const one of iceCandidates as unknown as (IceCandidate & { address: string })[]) {
      if (one.protocol !== 'udp' || !isIP(one.address)) continue
      const { foundation, address, port, priority, protocol, type } = one
      await this.#ice.addRemoteCandidate(new IceCandidate(1, foundation, address, port, priority, protocol, type))
    }
    await this.#ice.addRemoteCandidate(undefined)
    await this.#ice.start()
  }

  get dtls(): RTCDtlsTransport {
    return this.#dtls
  }

  onRtp(heard: (packet: RtpPacket) => void) {
    this.#dtls.onRtp.subscribe(heard)
  }

  async close(): Promise<void> {
    await this.#dtls.stop()
  }
}
