import type { Producer } from 'mediasoup/types'
import type { MediaHooks, MediaPlace, MediaRequest } from '#media/ports/media.ts'
import type { MediaSource } from '#schemas/media/sources.ts'
import type { Payload, Reply } from '#schemas/messages/catalogue.ts'
import type { MediaEvent, mediaMessages } from '#schemas/messages/media.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import { iceServers } from '../ice/iceServers.ts'
import type { MediaLog } from '../mediaLog.ts'
import { answers } from '../peer/answers.ts'
import { Peer } from '../peer/peer.ts'
import type { PeerPlace, Published } from '../peer/peerPlace.ts'
import { setPaused } from '../peer/setPaused.ts'
import type { WorkerPool } from '../pool/workerPool.ts'
import type { MediaSettings } from '../settings.ts'
import { nextEpoch } from './epochs.ts'
import { Levels } from './levels.ts'
import type { PlaceRouter } from './placeRouter.ts'
import { Routers } from './routers.ts'

type PlaceDeps = {
  readonly pool: WorkerPool
  readonly settings: MediaSettings
  readonly log: MediaLog
  readonly closed: () => void
}

/** One place's media on this node's workers. */
export class SfuPlace implements MediaPlace, PeerPlace {
  readonly settings: MediaSettings
  readonly #deps: PlaceDeps
  readonly #hooks: MediaHooks
  readonly #peers = new Map<string, Peer>()
  readonly #published = new Map<string, Published>()
  #epoch = nextEpoch()
  #routers: Routers
  #levels: Levels
  #closed = false

  constructor(deps: PlaceDeps, hooks: MediaHooks) {
    this.settings = deps.settings
    this.#deps = deps
    this.#hooks = hooks
    this.#routers = this.#newRouters()
    this.#levels = this.#newLevels()
  }

  get epoch(): number {
    return this.#epoch
  }

  get size(): number {
    return this.#peers.size
  }

  /** How many routers it has. */
  get routers(): number {
    return this.#routers.size
  }

  get peers(): Iterable<Peer> {
    return this.#peers.values()
  }

  async join(id: string): Promise<Reply<typeof mediaMessages, 'media.join'> | Refusal> {
    if (this.#closed) return refuse('unavailable')
    this.closePeer(id)
    if (this.#peers.size >= this.settings.places) return refuse('full', { places: this.settings.places })
    const peer = new Peer(id, this)
    this.#peers.set(id, peer)
    const joined = await peer.next(async () => {
      const epoch = this.#epoch
      const home = await this.#routers.home()
      if (home === undefined) return refuse('unavailable')
      if (home === 'busy') return refuse('unavailable', { why: 'busy' })
      peer.settle(home)
      return { epoch, rtpCapabilities: home.at.router.rtpCapabilities, iceServers: this.iceServers(peer) }
    })
    if (isRefusal(joined)) this.#drop(peer)
    return joined
  }

  async request<K extends MediaRequest>(
    id: string,
    type: K,
    payload: Payload<typeof mediaMessages, K>,
  ): Promise<Reply<typeof mediaMessages, K> | Refusal> {
    const peer = this.#peers.get(id)
    return peer ? peer.next(() => answers[type](peer, payload)) : refuse('not_found')
  }

  async setPaused(id: string, source: MediaSource, paused: boolean): Promise<void> {
    const peer = this.#peers.get(id)
    await peer?.next(async () => setPaused(peer, source, paused))
  }

  stop(id: string, source: MediaSource) {
    this.#peers.get(id)?.stop(source)
  }

  closePeer(id: string) {
    const peer = this.#peers.get(id)
    if (peer) this.#drop(peer)
  }

  close() {
    if (this.#closed) return
    this.#closed = true
    this.#empty()
    this.#deps.closed()
  }

  iceServers(peer: Peer) {
    return iceServers(this.settings, peer.id, Date.now())
  }

  find(producer: string): Published | undefined {
    return this.#published.get(producer)
  }

  published(peer: Peer, source: MediaSource, producer: Producer | null) {
    if (producer) {
      const { id } = producer
      this.#published.set(id, { peer, source, producer })
      producer.observer.once('close', () => this.#published.delete(id))
    }
    if (source === 'microphone') this.#levels.mute(peer.id, producer === null)
    this.#hook(() => this.#hooks.published(peer.id, source, producer?.id ?? null))
  }

  paused(peer: Peer, source: MediaSource, paused: boolean) {
    if (source === 'microphone') this.#levels.mute(peer.id, paused)
    this.#hook(() => this.#hooks.paused(peer.id, source, paused))
  }

  tell(peer: Peer, event: MediaEvent) {
    if (!peer.ending) this.#hook(() => this.#hooks.tell(peer.id, event))
  }

  fault(error: unknown) {
    this.#deps.log('error', { err: error }, 'media request failed')
  }

  #drop(peer: Peer) {
    if (this.#peers.get(peer.id) === peer) this.#peers.delete(peer.id)
    peer.close()
  }

  #empty() {
    for (const peer of this.#peers.values()) peer.close(true)
    this.#peers.clear()
    this.#published.clear()
    this.#routers.close()
    this.#levels.close()
  }

  #newRouters(): Routers {
    const routers: Routers = new Routers(this.#deps.pool, this.settings, (made) => this.#opened(routers, made))
    return routers
  }

  #newLevels(): Levels {
    return new Levels((levels, speaker) => this.#hook(() => this.#hooks.levels(levels, speaker)))
  }

  #opened(routers: Routers, made: PlaceRouter) {
    this.#levels.watch(made)
    made.router.once('workerclose', () => {
      if (routers === this.#routers && !this.#closed) this.#restart()
    })
  }

  /** One of its workers died. The place begins anew as a whole, so that there is one epoch for all in it. */
  #restart() {
    this.#empty()
    this.#epoch = nextEpoch()
    this.#routers = this.#newRouters()
    this.#levels = this.#newLevels()
    this.#hook(() => this.#hooks.restarted(this.#epoch))
  }

  /** A room's fault is not the SFU's. */
  #hook(call: () => void) {
    try {
      call()
    } catch (error) {
      this.fault(error)
    }
  }
}
