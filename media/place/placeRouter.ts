import type { Router } from 'mediasoup/types'
import { mediaCodecs } from '../codecs.ts'
import type { PoolWorker } from '../pool/poolWorker.ts'
import { type Hearing, listen } from './hearing.ts'
import { Pipes } from './pipes.ts'

/** A place's router on one worker. Everything on it ends with it. */
export class PlaceRouter {
  readonly worker: PoolWorker
  readonly router: Router
  readonly hearing: Hearing
  readonly pipes = new Pipes(this)

  private constructor(worker: PoolWorker, router: Router, hearing: Hearing) {
    this.worker = worker
    this.router = router
    this.hearing = hearing
  }

  /** Rejects when the worker dies meanwhile. */
  static async create(worker: PoolWorker): Promise<PlaceRouter> {
    const router = await worker.started.worker.createRouter({ mediaCodecs: mediaCodecs() })
    try {
      return new PlaceRouter(worker, router, await listen(router))
    } catch (error) {
      router.close()
      throw error
    }
  }

  close() {
    this.router.close()
  }
}
