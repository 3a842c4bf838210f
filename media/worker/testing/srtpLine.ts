import type { Router } from 'mediasoup/types'
import { ReferenceSrtp } from './ReferenceSrtp.ts'
import { isRtcp } from './rtpPacket.ts'
import { newMasterKey, type SrtpSuite } from './srtpSuites.ts'
import { udpSocket } from './udpSocket.ts'

/** mediasoup looks with these whether there is more room on the line, before it knows what streams there are. */
const PROBATION_SSRC = 1234

/** An encrypted line between a plain transport of the worker and our own SRTP on a socket. */
export async function srtpLine(router: Router, suite: SrtpSuite) {
  const socket = await udpSocket()
  const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const
  const transport = await router.createPlainTransport({ listenInfo, enableSrtp: true, srtpCryptoSuite: suite })
  const key = newMasterKey(suite)
  const srtpParameters = { cryptoSuite: suite, keyBase64: key.toString('base64') }
  await transport.connect({ ip: '127.0.0.1', port: socket.port, srtpParameters })
  const received = new ReferenceSrtp(suite, Buffer.from(transport.srtpParameters?.keyBase64 ?? '', 'base64'))
  const sent = new ReferenceSrtp(suite, key)
  const rtp: Buffer[] = []
  const rtcp: Buffer[] = []
  const faults: unknown[] = []
  socket.onPacket((packet) => {
    try {
      if (isRtcp(packet)) rtcp.push(received.unprotectRtcp(packet))
      else if (packet.readUInt32BE(8) !== PROBATION_SSRC) rtp.push(received.unprotectRtp(packet))
    } catch (error) {
      faults.push(error)
    }
  })
  return {
    transport,
    /** What came, decrypted, and what could not be. */
    rtp,
    rtcp,
    faults,
    protectRtp: (packet: Buffer, rollover: number) => sent.protectRtp(packet, rollover),
    protectRtcp: (packet: Buffer) => sent.protectRtcp(packet),
    /** As it is. */
    send: (packet: Buffer) => socket.send(packet, transport.tuple.localPort),
    close() {
      transport.close()
      socket.close()
    },
  }
}
