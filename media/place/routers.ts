import type { PoolWorker } from '../pool/poolWorker.ts'
import type { WorkerPool } from '../pool/workerPool.ts'
import type { MediaSettings } from '../settings.ts'
import { PlaceRouter } from './placeRouter.ts'

type Entry = { readonly worker: PoolWorker; readonly made: Promise<PlaceRouter>; peers: number }
type Limits = Pick<MediaSettings, 'pipeThreshold' | 'workerLoad'>
/** A peer's hold on a router; the last one to let go closes it. */
export type Home = { readonly at: PlaceRouter; leave(): void }

/** The routers of one place: none before its first peer, one on the least busy worker, more when it outgrows that one. */
export class Routers {
  readonly #pool: WorkerPool
  readonly #threshold: number
  readonly #mostLoad: number
  readonly #made: (router: PlaceRouter) => void
  readonly #entries = new Set<Entry>()
  /** Choices follow each other, so that a hundred peers at once do not choose a hundred routers. */
  #choosing: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(pool: WorkerPool, settings: Limits, made: (router: PlaceRouter) => void) {
    this.#pool = pool
    this.#threshold = settings.pipeThreshold
    this.#mostLoad = settings.workerLoad
    this.#made = made
  }

  get size(): number {
    return this.#entries.size
  }

  /** Undefined when no worker lives, `busy` when those that live have all that they can carry. */
  async home(): Promise<Home | 'busy' | undefined> {
    for (let tries = 0; tries < 3 && !this.#closed; tries += 1) {
      const choice = this.#choosing.then(() => this.#choose())
      this.#choosing = choice
      const entry = await choice
      if (entry === undefined || entry === 'busy') return entry
      const at = await entry.made.catch(() => undefined)
      if (at && !at.router.closed) return { at, leave: this.#leaving(entry) }
      this.#entries.delete(entry)
    }
    return undefined
  }

  /** Closes all of them, also those that are being made. */
  close() {
    this.#closed = true
    for (const entry of this.#entries) this.#close(entry)
  }

  async #choose(): Promise<Entry | 'busy' | undefined> {
    if (this.#closed) return undefined
    let fewest: Entry | undefined
    for (const entry of this.#entries)
      if (this.#carries(entry.worker) && (fewest === undefined || entry.peers < fewest.peers)) fewest = entry
    if (fewest === undefined || fewest.peers >= this.#threshold) {
      const worker = await this.#pool.least(new Set([...this.#entries].map((entry) => entry.worker)))
      if (worker && this.#carries(worker) && !this.#closed) fewest = this.#make(worker)
      else if (fewest === undefined && (worker || this.#entries.size > 0)) return 'busy'
    }
    if (fewest) fewest.peers += 1
    return fewest
  }

  /** Past its end a worker loses packets of all who are on it. */
  #carries({ load }: PoolWorker): boolean {
    return load < this.#mostLoad
  }

  #make(worker: PoolWorker): Entry {
    const made = PlaceRouter.create(worker)
    const entry: Entry = { worker, made, peers: 0 }
    this.#entries.add(entry)
    made.then(
      (router) => (this.#entries.has(entry) ? this.#made(router) : router.close()),
      () => this.#entries.delete(entry),
    )
    return entry
  }

  #leaving(entry: Entry): () => void {
    let left = false
    return () => {
      if (left) return
      left = true
      entry.peers -= 1
      if (entry.peers === 0) this.#close(entry)
    }
  }

  #close(entry: Entry) {
    this.#entries.delete(entry)
    entry.made.then(
      (router) => router.close(),
      () => {},
    )
  }
}
