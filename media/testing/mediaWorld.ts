import { observer } from 'mediasoup'
import type { Consumer, WebRtcTransport, Worker } from 'mediasoup/types'
import type { MediaPlace } from '#media/ports/media.ts'
import type { MediaSettings } from '../settings.ts'
import type { Sfu } from '../sfu.ts'
import { type Logged, openTestMedia } from './openTestMedia.ts'
import { RecordedHooks } from './recordedHooks.ts'
import { TestPeer } from './testPeer.ts'

/** A node's media with one place, its members, and a look into its workers. `close` ends all. */
export class MediaWorld {
  readonly sfu: Sfu
  readonly hooks: RecordedHooks
  readonly place: MediaPlace
  /** All that were started, also those that died. */
  readonly workers: readonly Worker[]
  readonly logged: readonly Logged[]
  /** All that were made. */
  readonly transports: WebRtcTransport[] = []
  readonly consumers: Consumer[] = []
  readonly #peers: TestPeer[] = []
  readonly #end: () => void

  private constructor(sfu: Sfu, logged: readonly Logged[], workers: readonly Worker[], end: () => void) {
    this.logged = logged
    this.sfu = sfu
    this.workers = workers
    this.hooks = new RecordedHooks()
    this.place = sfu.open('room', this.hooks)
    this.#end = end
    for (const worker of workers)
      worker.observer.on('newrouter', ({ observer: router }) =>
        router.on('newtransport', (transport) => {
          transport.observer.on('newconsumer', (consumer) => this.consumers.push(consumer))
          if (transport.type === 'webrtc') this.transports.push(transport as WebRtcTransport)
        }),
      )
  }

  static async open(settings: Partial<MediaSettings> = {}): Promise<MediaWorld> {
    const workers: Worker[] = []
    const started = (worker: Worker) => workers.push(worker)
    observer.on('newworker', started)
    const { media, logged } = await openTestMedia(settings)
    return new MediaWorld(media, logged, workers, () => observer.off('newworker', started))
  }

  async join(id: string, place = this.place): Promise<TestPeer> {
    const peer = await TestPeer.join(place, id)
    this.#peers.push(peer)
    return peer
  }

  get living(): Worker[] {
    return this.workers.filter((worker) => !worker.closed)
  }

  /** Everything that the living workers themselves have: routers, transports, producers, consumers, observers. */
  async inWorkers(): Promise<number> {
    const dumps = await Promise.all(this.living.map((worker) => worker.dump()))
    // The WebRtcServer of each is always there.
    return dumps.reduce((all, dump) => all + dump.channelMessageHandlers.channelRequestHandlers.length - 1, 0)
  }

  async close(): Promise<void> {
    this.#end()
    await Promise.all(this.#peers.map((peer) => peer.vanish()))
    await this.sfu.close()
  }
}
