import { FakeHandler, testFakeParameters as fake } from 'mediasoup-client'
import { type MediaSource, mediaSources } from '#schemas/media/sources.ts'
import type { MediaEvent } from '#schemas/messages/media.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { Member } from '#schemas/state/memberState.ts'
import { StudyState } from '#schemas/state/studyState.ts'
import type { MediaLink } from '../media/roomMedia.ts'
import type { StudyRequest } from '../types.ts'

type Asked = { readonly type: string; readonly payload: unknown }
type Body = {
  readonly source: MediaSource
  readonly paused?: boolean
  readonly on?: boolean
  readonly producers: readonly string[]
  /** Of setConsumers; of closeConsumers they are plain ids. */
  readonly consumers: readonly { readonly consumer: string }[]
}
type Peer = { readonly connection: string; readonly own: Map<MediaSource, { id: string; paused: boolean }> }

/** Chromium's codecs stand in the package's fake parameters as `video/VP8` and `video/H264`. */
export const fakeHandler = FakeHandler.createFactory({
  generateNativeRtpCapabilities: fake.generateNativeRtpCapabilities,
  generateLocalDtlsParameters: fake.generateLocalDtlsParameters,
})

/**
 * A room's media in memory, as the messages describe it: peers, producers and consumers without packets, and a state that
 * says what is published. Each request passes `gate` before it is answered, and its answer passes it again.
 */
export class ModelMedia {
  readonly state = new StudyState()
  readonly me: string
  readonly asked: Asked[] = []
  /** Answers this instead, while it answers anything. */
  refuse: (type: string, payload: unknown) => Refusal | null = () => null
  gate: () => Promise<void> = async () => {}
  /** Called when state has changed. */
  patched: () => void = () => {}
  /** Consumers the SFU holds for me, by consumer: their producer. */
  readonly consumers = new Map<string, string>()
  readonly settings = new Map<string, Record<string, unknown>>()
  readonly #live = new Map<string, { userId: string; source: MediaSource }>()
  #peer: Peer | null = null
  #push: (event: MediaEvent) => void = () => {}
  #connection = ''
  #ids = 0

  constructor(me: string, ...others: string[]) {
    this.me = me
    this.state.media.epoch = 1
    this.state.media.unavailable = ''
    for (const userId of [me, ...others])
      this.state.members.set(userId, new Member({ userId, connected: true } as never))
  }

  /** A connection of mine. */
  connect(connection: string): MediaLink {
    this.#connection = connection
    return {
      sessionId: connection,
      onPush: (_, seen) => {
        this.#push = seen as never
      },
    }
  }

  /** The router is another one: all that was opened is gone. */
  restart(): void {
    this.#peer = null
    this.consumers.clear()
    this.#live.clear()
    this.state.media.epoch++
    for (const member of this.state.members.values()) {
      member.inMedia = false
      member.producers.clear()
      member.micMuted = false
    }
    this.patched()
  }

  /** Somebody else publishes; state tells at once, or at the test's word. */
  publish(userId: string, source: MediaSource): string {
    const id = this.publishUnseen(userId, source)
    this.show()
    return id
  }
  publishUnseen(userId: string, source: MediaSource): string {
    this.unpublishUnseen(userId, source)
    const id = `p${++this.#ids}`
    this.#live.set(id, { userId, source })
    return id
  }
  unpublish(userId: string, source: MediaSource): void {
    this.unpublishUnseen(userId, source)
    this.show()
  }
  unpublishUnseen(userId: string, source: MediaSource): string[] {
    const gone: string[] = []
    for (const [id, producer] of [...this.#live])
      if (producer.userId === userId && producer.source === source) {
        this.#live.delete(id)
        for (const [consumer, of] of [...this.consumers])
          if (of === id) {
            this.consumers.delete(consumer)
            gone.push(consumer)
          }
      }
    return gone
  }
  get live(): string[] {
    return [...this.#live.keys()]
  }

  /** State comes to what is published. */
  show(): void {
    for (const [userId, member] of this.state.members) {
      if (userId === this.me) continue
      for (const source of mediaSources) {
        const found = [...this.#live].find(([, of]) => of.userId === userId && of.source === source)
        if (found) member.producers.set(source, found[0])
        else member.producers.delete(source)
      }
    }
    this.patched()
  }

  push(event: MediaEvent): void {
    this.#push(event)
  }

  /** A moderator mutes or stops a source of mine. */
  act(kind: 'muted' | 'stopped', source: MediaSource, told = true): void {
    const own = this.#peer?.own.get(source)
    if (!own) return
    if (kind === 'muted') own.paused = true
    else this.#peer?.own.delete(source)
    this.#mine()
    if (told) this.#push({ kind, source, by: 'mod', byName: 'Mod' })
    this.patched()
  }

  get own(): ReadonlyMap<MediaSource, { id: string; paused: boolean }> {
    return this.#peer?.own ?? new Map()
  }

  readonly request: StudyRequest = async (type, payload) => {
    this.asked.push({ type, payload })
    await this.gate()
    const answer = this.refuse(type, payload) ?? this.#answer(type, payload as Body)
    this.patched()
    await this.gate()
    return answer as never
  }

  count(type: string): number {
    return this.asked.filter((asked) => asked.type === type).length
  }

  #answer(type: string, payload: Body): unknown {
    const member = this.state.members.get(this.me)
    if (type === 'screen.claim') {
      if (this.state.screen.owner !== '' && this.state.screen.owner !== this.me)
        return refuse('screen_taken', { owner: this.state.screen.owner })
      this.state.screen.owner = this.me
      return {}
    }
    if (type === 'screen.release') {
      if (this.state.screen.owner === this.me) this.state.screen.owner = ''
      return {}
    }
    if (type === 'media.join') {
      this.#peer = { connection: this.#connection, own: new Map() }
      this.consumers.clear()
      this.#mine()
      if (member) member.inMedia = true
      return { epoch: this.state.media.epoch, rtpCapabilities: fake.generateRouterRtpCapabilities(), iceServers: [] }
    }
    if (type === 'media.leave') {
      this.#peer = null
      this.consumers.clear()
      this.#mine()
      if (member) member.inMedia = false
      return {}
    }
    const peer = this.#peer
    if (!peer || peer.connection !== this.#connection) return refuse('not_found')
    const { source } = payload
    switch (type) {
      case 'media.createTransport': {
        const { id, iceParameters, iceCandidates, dtlsParameters } = fake.generateTransportRemoteParameters()
        return { transport: id, iceParameters, iceCandidates, dtlsParameters }
      }
      case 'media.restartIce':
        return { iceParameters: fake.generateTransportRemoteParameters().iceParameters, iceServers: [] }
      case 'media.produce': {
        if (source === 'screen' && this.state.screen.owner !== this.me) return refuse('screen_taken')
        const id = `mine${++this.#ids}`
        peer.own.set(source, { id, paused: payload.paused ?? false })
        this.#mine()
        return { producer: id }
      }
      case 'media.setPaused': {
        const own = peer.own.get(source)
        if (!own) return refuse('not_found')
        own.paused = payload.paused ?? false
        this.#mine()
        return {}
      }
      case 'media.stop':
        peer.own.delete(source)
        this.#mine()
        return {}
      case 'media.setDeafened':
        if (member) member.deafened = payload.on ?? false
        return {}
      case 'media.consume':
        return { consumers: payload.producers.flatMap((id) => this.#consume(id)) }
      case 'media.setConsumers':
        for (const { consumer, ...asked } of payload.consumers)
          this.settings.set(consumer, { ...this.settings.get(consumer), ...asked })
        return {}
      case 'media.closeConsumers':
        for (const consumer of payload.consumers as readonly unknown[]) this.consumers.delete(String(consumer))
        return {}
      default:
        return {}
    }
  }

  #consume(producer: string): unknown[] {
    const found = this.#live.get(producer)
    if (!found) return []
    const audio = found.source === 'microphone' || found.source === 'screenAudio'
    const shown = fake.generateConsumerRemoteParameters({ codecMimeType: audio ? 'audio/opus' : 'video/VP8' })
    const consumer = `c${++this.#ids}`
    this.consumers.set(consumer, producer)
    const { kind, rtpParameters } = shown
    return [{ producer, consumer, kind, rtpParameters, type: audio ? 'simple' : 'simulcast', producerPaused: false }]
  }

  /** My own producers into state. */
  #mine(): void {
    const member = this.state.members.get(this.me)
    if (!member) return
    for (const source of mediaSources) {
      const own = this.#peer?.own.get(source)
      if (own) member.producers.set(source, own.id)
      else member.producers.delete(source)
    }
    member.micMuted = this.#peer?.own.get('microphone')?.paused ?? false
  }
}
