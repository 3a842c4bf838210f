import { Device, type types } from 'mediasoup-client'
import type { MediaSource } from '#schemas/media/sources.ts'
import type { IceServer } from '#schemas/messages/media.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { Timers } from '../timers.ts'
import type { StudyRequest } from '../types.ts'
import { IceKeeper } from './iceKeeper.ts'
import { capabilitiesOf, transportOf } from './ortc.ts'
import { isForgotten, Refused, refusalOf } from './refused.ts'
import { shapeOf, type Wish } from './shapes.ts'

export type SessionDeps = {
  readonly request: StudyRequest
  readonly timers: Timers
  readonly handler: types.HandlerFactory | undefined
  /** A transport's way has changed for the better or worse. */
  changed(): void
  /** All that this session had is gone, or cannot be reached any more: another one has to be opened. */
  lost(): void
}

type Direction = 'send' | 'receive'
type Way = { readonly transport: types.Transport; readonly ice: IceKeeper }

/** One stay in the room's media, from one `media.join` on. It never comes back: whoever holds it opens another. */
export class MediaSession {
  readonly epoch: number
  readonly device: Device
  readonly #deps: SessionDeps
  readonly #iceServers: readonly IceServer[]
  readonly #ways = new Map<Direction, Promise<Way | Refusal>>()
  readonly #open = new Set<Way>()
  #closed = false

  private constructor(deps: SessionDeps, device: Device, epoch: number, iceServers: readonly IceServer[]) {
    this.#deps = deps
    this.device = device
    this.epoch = epoch
    this.#iceServers = iceServers
  }

  /** Joins. A browser without WebRTC is `no_media` with `unsupported`. */
  static async open(deps: SessionDeps): Promise<MediaSession | Refusal> {
    const device = await Device.factory(deps.handler ? { handlerFactory: deps.handler } : {}).catch(() => null)
    if (!device) return refuse('no_media', { unsupported: true })
    const joined = await deps.request('media.join', {})
    if (isRefusal(joined)) return joined
    try {
      await device.load({ routerRtpCapabilities: capabilitiesOf(joined) })
    } catch (error) {
      return refuse('no_media', { unsupported: true, media: String(error) })
    }
    return new MediaSession(deps, device, joined.epoch, joined.iceServers)
  }

  get closed(): boolean {
    return this.#closed
  }
  /** No transport is away. */
  get well(): boolean {
    return [...this.#open].every((way) => way.ice.well)
  }

  /** Publishes a track. It is never stopped here: it may outlive the session. */
  async produce(source: MediaSource, track: MediaStreamTrack, wish: Wish, paused: boolean) {
    const way = await this.#way('send')
    if (isRefusal(way)) return way
    const appData = { source, paused }
    try {
      return await way.transport.produce({
        track,
        ...shapeOf(wish, this.device),
        stopTracks: false,
        // Whoever owns the track says when it is silent.
        disableTrackOnPause: false,
        appData,
      })
    } catch (error) {
      return this.#failed(refusalOf(error))
    }
  }

  /** Where consumers are opened. */
  async receiver(): Promise<types.Transport | Refusal> {
    const way = await this.#way('receive')
    return isRefusal(way) ? way : way.transport
  }

  networkChanged(): void {
    for (const { ice } of this.#open) ice.networkChanged()
  }

  async stats(): Promise<RTCStatsReport[]> {
    const reports = [...this.#open].map(({ transport }) => transport.getStats().catch(() => null))
    return (await Promise.all(reports)).filter((report) => report !== null)
  }

  /** What the SFU has forgotten can only be opened anew. */
  #failed(refusal: Refusal): Refusal {
    if (isForgotten(refusal) && !this.#closed) this.#deps.lost()
    return refusal
  }

  /** Does nothing more; what comes still comes, until `close`. */
  retire(): void {
    this.#closed = true
    for (const { ice } of this.#open) ice.close()
  }

  /** Idempotent; tells the SFU nothing. The tracks of consumers end. */
  close(): void {
    this.retire()
    for (const { transport } of this.#open) transport.close()
    this.#open.clear()
  }

  #way(direction: Direction): Promise<Way | Refusal> {
    const known = this.#ways.get(direction)
    if (known) return known
    const way = this.#make(direction).then((made) => {
      if (isRefusal(made)) this.#ways.delete(direction)
      return made
    })
    this.#ways.set(direction, way)
    return way
  }

  async #make(direction: Direction): Promise<Way | Refusal> {
    const { request, timers, changed, lost } = this.#deps
    const receives = direction === 'receive' ? { rtpCapabilities: this.device.recvRtpCapabilities } : {}
    const made = await request('media.createTransport', { direction, ...receives })
    if (isRefusal(made)) return this.#failed(made)
    if (this.#closed) return refuse('unavailable')
    const options = transportOf(made, this.#iceServers)
    const transport =
      direction === 'send' ? this.device.createSendTransport(options) : this.device.createRecvTransport(options)
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      void request('media.connectTransport', { transport: transport.id, dtlsParameters }).then((reply) =>
        isRefusal(reply) ? failed(new Refused(reply)) : done(),
      )
    })
    transport.on('produce', ({ rtpParameters, appData }, done, failed) => {
      // Ours, from `produce` above.
      const { source, paused } = appData as { source: MediaSource; paused: boolean }
      void request('media.produce', { transport: transport.id, source, rtpParameters, paused }).then((reply) =>
        isRefusal(reply) ? failed(new Refused(reply)) : done({ id: reply.producer }),
      )
    })
    const way = { transport, ice: new IceKeeper({ transport, request, timers, changed, lost }) }
    this.#open.add(way)
    return way
  }
}
