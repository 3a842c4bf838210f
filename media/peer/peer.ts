import type { Consumer, Producer, RtpCapabilities, WebRtcTransport } from 'mediasoup/types'
import type { MediaSource } from '#schemas/media/sources.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { Home } from '../place/routers.ts'
import type { PeerPlace } from './peerPlace.ts'

export type Direction = 'send' | 'receive'

/**
 * One connection in a place's media: the owner of its transports, producers and consumers. What it is asked is done one after
 * the other. After `close` nothing of it is left, and what was still being made is closed when it comes.
 */
export class Peer {
  readonly id: string
  readonly place: PeerPlace
  readonly transports = new Map<Direction, WebRtcTransport>()
  readonly producers = new Map<MediaSource, Producer>()
  readonly consumers = new Map<string, Consumer>()
  /** What it can receive; known with its receive transport. */
  rtpCapabilities: RtpCapabilities | undefined
  #home: Home | undefined
  #closed = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(id: string, place: PeerPlace) {
    this.id = id
    this.place = place
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Closed, or about to be with its worker: nobody is told about single things any more. */
  get ending(): boolean {
    return this.#closed || this.#home?.at.worker.started.worker.closed === true
  }

  /** The router it is on. Only once it is settled. */
  get at() {
    if (this.#home === undefined) throw new Error('this peer has no router yet')
    return this.#home.at
  }

  /** Gives it its router, unless it is closed already. */
  settle(home: Home) {
    if (this.#closed) return home.leave()
    this.#home = home
    home.at.worker.load += 1
  }

  /** Runs `task` after all that was asked before. Never rejects: what fails is logged, and `unavailable`. */
  next<T>(task: () => Promise<T | Refusal>): Promise<T | Refusal> {
    const run = this.#last.then(async () => {
      if (this.#closed) return refuse('not_found')
      try {
        const answer = await task()
        return this.#closed ? refuse('not_found') : answer
      } catch (error) {
        this.place.fault(error)
        return refuse('unavailable')
      }
    })
    this.#last = run
    return run
  }

  transport(id: string): WebRtcTransport | undefined {
    return [...this.transports.values()].find((transport) => transport.id === id)
  }

  /** Idempotent. `quietly`: nobody is told, for all of the place is gone. */
  close(quietly = false) {
    if (this.#closed) return
    if (!quietly) for (const source of [...this.producers.keys()]) this.stop(source)
    this.#closed = true
    for (const transport of this.transports.values()) transport.close()
    this.producers.clear()
    this.consumers.clear()
    if (this.#home) {
      this.#home.at.worker.load -= 1
      this.#home.leave()
    }
  }

  /** Ends what it sends of `source`; the producer's own `close` tells the rest. */
  stop(source: MediaSource) {
    this.producers.get(source)?.close()
  }
}
