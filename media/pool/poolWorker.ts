import type { StartedWorker } from './startWorker.ts'

/** A living worker with what is booked on it. */
export class PoolWorker {
  readonly index: number
  readonly started: StartedWorker
  /** Peers and consumers that live on it, by which the next place is given out. */
  load = 0

  constructor(index: number, started: StartedWorker) {
    this.index = index
    this.started = started
  }
}
