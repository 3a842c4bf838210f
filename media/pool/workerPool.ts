import { availableParallelism } from 'node:os'
import type { MediaLog } from '../mediaLog.ts'
import type { MediaSettings } from '../settings.ts'
import { killSilent } from './killSilent.ts'
import { PoolWorker } from './poolWorker.ts'
import { type StartedWorker, startWorker } from './startWorker.ts'

/** Who lived this long did not die of what keeps killing workers. */
const STEADY_MS = 30_000
const LONGEST_PAUSE_MS = 30_000

/**
 * The node's media workers. One that dies is replaced: at once the first time, later and later if it keeps dying. Its
 * routers tell their places themselves (`workerclose`).
 */
export class WorkerPool {
  readonly #settings: MediaSettings
  readonly #log: MediaLog
  readonly #living = new Map<number, PoolWorker>()
  readonly #waiting = new Set<() => void>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #deaths = 0
  #closed = false

  constructor(settings: MediaSettings, log: MediaLog) {
    this.#settings = settings
    this.#log = log
  }

  /** Those that live: one that died is none from that moment on, before `died` is told. */
  get workers(): readonly PoolWorker[] {
    return [...this.#living.values()].filter(({ started }) => !started.worker.closed)
  }

  /** Workers that died since the start. */
  get deaths(): number {
    return this.#deaths
  }

  /** Resolves when every worker was tried once; rejects if none of them came up. */
  async start(): Promise<void> {
    const count = this.#settings.workers || availableParallelism()
    const tried = await Promise.allSettled(Array.from({ length: count }, (_, index) => this.#run(index, 0)))
    const failed = tried.find((one) => one.status === 'rejected')
    if (this.#living.size === 0 && failed) throw failed.reason
    for (const [index, one] of tried.entries()) if (one.status === 'rejected') this.#again(index, 1, one.reason)
  }

  /** The worker with the least to do, but none of `except`. Waits a little where all are dead; undefined if there is none. */
  async least(except: ReadonlySet<PoolWorker> = new Set()): Promise<PoolWorker | undefined> {
    if (this.workers.length === 0 && !this.#closed) await this.#oneComes()
    let least: PoolWorker | undefined
    for (const worker of this.workers)
      if (!except.has(worker) && (least === undefined || worker.load < least.load)) least = worker
    return least
  }

  /** Resolves when all processes have ended. */
  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#wake()
    const ended = this.workers.map(({ started: { worker } }) => {
      if (worker.subprocessClosed) return undefined
      const end = new Promise<void>((resolve) => worker.once('subprocessclose', resolve))
      worker.close()
      return end
    })
    this.#living.clear()
    await Promise.all(ended)
  }

  async #run(index: number, failures: number): Promise<void> {
    const started = await startWorker(this.#settings, index)
    if (this.#closed) return void started.worker.close()
    const since = performance.now()
    this.#living.set(index, new PoolWorker(index, started))
    killSilent(started.worker, this.#settings.workerSilenceMs, (pid) =>
      this.#log('error', { worker: index, pid }, 'media worker answers nothing and is killed'),
    )
    started.worker.on('died', (error) => this.#died(index, started, since, failures, error))
    this.#log('info', { worker: index, pid: started.worker.pid }, 'media worker runs')
    this.#wake()
  }

  #died(index: number, { worker }: StartedWorker, since: number, failures: number, error: Error) {
    if (this.#living.get(index)?.started.worker !== worker) return
    this.#living.delete(index)
    this.#deaths += 1
    this.#again(index, performance.now() - since > STEADY_MS ? 0 : failures, error)
  }

  #again(index: number, failures: number, error: unknown) {
    if (this.#closed) return
    const pause = failures === 0 ? 0 : Math.min(250 * 2 ** failures, LONGEST_PAUSE_MS)
    const why = error instanceof Error ? error.message : String(error)
    this.#log('error', { worker: index, why, againInMs: pause }, 'media worker is gone')
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#run(index, failures + 1).catch((reason) => this.#again(index, failures + 1, reason))
    }, pause)
    this.#timers.add(timer)
  }

  #wake() {
    for (const wake of this.#waiting) wake()
  }

  #oneComes(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#waiting.delete(done)
        resolve()
      }
      const timer = setTimeout(done, this.#settings.workerWaitMs)
      this.#waiting.add(done)
    })
  }
}
