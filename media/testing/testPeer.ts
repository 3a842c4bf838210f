import { randomInt } from 'node:crypto'
import { RtpHeader } from 'werift'
import type { MediaPlace } from '#media/ports/media.ts'
import { kindOf, type MediaSource } from '#schemas/media/sources.ts'
import type { ConsumerShown } from '#schemas/messages/media.ts'
import { answered } from './answered.ts'
import { LEVEL_EXTENSION, rtpParametersOf } from './rtpParametersOf.ts'
import { WebrtcLeg } from './webrtcLeg.ts'

type Sending = { readonly ssrc: number; readonly payloadType: number; timer: NodeJS.Timeout }

/** A member with microphone and loudspeaker: sends real RTP and counts what it receives. */
export class TestPeer {
  readonly id: string
  readonly place: MediaPlace
  readonly epoch: number
  readonly rtpCapabilities: Record<string, unknown>
  /** Packets by consumer. */
  readonly received = new Map<string, number>()
  readonly #sending = new Map<MediaSource, Sending>()
  readonly #bySsrc = new Map<number, string>()
  #send: WebrtcLeg | undefined
  #receive: WebrtcLeg | undefined

  private constructor(id: string, place: MediaPlace, epoch: number, rtpCapabilities: Record<string, unknown>) {
    this.id = id
    this.place = place
    this.epoch = epoch
    this.rtpCapabilities = rtpCapabilities
  }

  static async join(place: MediaPlace, id: string): Promise<TestPeer> {
    const { epoch, rtpCapabilities } = answered(await place.join(id))
    return new TestPeer(id, place, epoch, rtpCapabilities)
  }

  async leg(direction: 'send' | 'receive'): Promise<WebrtcLeg> {
    const offered = answered(
      await this.place.request(this.id, 'media.createTransport', {
        direction,
        ...(direction === 'receive' && { rtpCapabilities: this.rtpCapabilities }),
      }),
    )
    return WebrtcLeg.connect(this.place, this.id, offered.transport, offered)
  }

  /** Publishes, and sends a packet every 20 ms; as loud speech where it is sound. */
  async publish(source: MediaSource): Promise<string> {
    this.#send ??= await this.leg('send')
    const kind = kindOf(source)
    const ssrc = randomInt(1, 2 ** 31)
    const { producer } = answered(
      await this.place.request(this.id, 'media.produce', {
        transport: this.#send.transport,
        source,
        rtpParameters: rtpParametersOf(kind, ssrc),
        paused: false,
      }),
    )
    this.#start(source, ssrc, kind === 'audio' ? 100 : 101)
    return producer
  }

  /** Consumes and lets it go on. */
  async hear(producer: string): Promise<ConsumerShown> {
    if (!this.#receive) {
      this.#receive = await this.leg('receive')
      this.#receive.onRtp(({ header }) => {
        const consumer = this.#bySsrc.get(header.ssrc)
        if (consumer) this.received.set(consumer, (this.received.get(consumer) ?? 0) + 1)
      })
    }
    const { consumers } = answered(await this.place.request(this.id, 'media.consume', { producers: [producer] }))
    const shown = consumers[0]
    if (!shown) throw new Error('this producer cannot be consumed')
    const { encodings } = shown.rtpParameters as { encodings: { ssrc: number }[] }
    for (const { ssrc } of encodings) this.#bySsrc.set(ssrc, shown.consumer)
    answered(
      await this.place.request(this.id, 'media.setConsumers', {
        consumers: [{ consumer: shown.consumer, paused: false }],
      }),
    )
    return shown
  }

  count(consumer: string): number {
    return this.received.get(consumer) ?? 0
  }

  /** What it hears by; undefined before it hears anybody. */
  get receiving(): WebrtcLeg | undefined {
    return this.#receive
  }

  /** The id of its send transport, '' before it publishes. */
  get sendTransport(): string {
    return this.#send?.transport ?? ''
  }

  /** Meets the SFU anew over its receive transport, as after a change of the network. */
  async restartIce(): Promise<void> {
    const leg = this.#receive
    if (!leg) throw new Error('nothing is received yet')
    const { transport } = leg
    const { iceParameters } = answered(await this.place.request(this.id, 'media.restartIce', { transport }))
    await leg.restart(iceParameters)
  }

  /** Ends its sockets; the place is not told. */
  async vanish(): Promise<void> {
    for (const { timer } of this.#sending.values()) clearInterval(timer)
    await Promise.all([this.#send?.close(), this.#receive?.close()])
  }

  #start(source: MediaSource, ssrc: number, payloadType: number) {
    clearInterval(this.#sending.get(source)?.timer)
    let sequenceNumber = randomInt(2 ** 16)
    let timestamp = randomInt(2 ** 31)
    const loud = { id: LEVEL_EXTENSION, payload: Buffer.from([0x80 | 20]) }
    const timer = setInterval(() => {
      sequenceNumber = (sequenceNumber + 1) & 0xffff
      timestamp = (timestamp + 960) >>> 0
      const header = new RtpHeader({ payloadType, ssrc, sequenceNumber, timestamp, marker: true })
      if (payloadType === 100) {
        header.extension = true
        header.extensionProfile = 0xbede
        header.extensions = [loud]
      }
      // VP8: start of partition 0, key frame of 320x240.
      const frame = Buffer.from([0x10, 0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0x00, 1, 2, 3, 4])
      void this.#send?.dtls.sendRtp(payloadType === 100 ? Buffer.alloc(80, 7) : frame, header)
    }, 20)
    this.#sending.set(source, { ssrc, payloadType, timer })
  }
}
