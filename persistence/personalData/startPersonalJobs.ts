import { randomUUID } from 'node:crypto'
import type { BlobStore } from '../ports/blobStore.ts'
import type { PersonalPart } from '../ports/personalData.ts'
import type { PersonalJob, PersonalJobs } from '../ports/personalJobs.ts'
import { writeExport } from './writeExport.ts'

const EVERY_MS = 15_000
const LEASE_MS = 120_000
/** How long an export can be fetched. */
export const KEPT_MS = 7 * 86_400_000
/** How long the record of a job is kept after its end. */
const RECORD_MS = 31 * 86_400_000
const EXPORT_TRIES = 5

export type PersonalJobsDeps = {
  readonly jobs: PersonalJobs
  readonly parts: readonly PersonalPart[]
  readonly blobs: BlobStore
  /** Resolves when the read models hold all that was committed before: what is still under way would come back after an erasing. */
  readonly settled: () => Promise<void>
  /** Milliseconds. */
  readonly now: () => number
  readonly done: (job: PersonalJob) => void
  readonly failed: (job: PersonalJob | null, error: unknown) => void
}

/** The worker of exports and deletions: in the embedded process, or in any number of others (A4). */
export interface PersonalWorker {
  /** Looks for work now and not at the next round; resolves when none is left that is due. */
  look(): Promise<void>
  stop(): Promise<void>
}

class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

export function startPersonalJobs(deps: PersonalJobsDeps): PersonalWorker {
  const { jobs, parts, blobs, now } = deps
  const worker = randomUUID()
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  const stopping = Promise.withResolvers<never>()
  stopping.promise.catch(() => undefined)
  /** A log that is away is waited for as long as this worker runs; then the job is another's. */
  const settled = () => Promise.race([deps.settled(), stopping.promise])

  const reached = (job: PersonalJob) => async (done: number, total: number) => {
    const goesOn = !stopped && (await jobs.progress(job.id, worker, { done, total, leaseUntil: now() + LEASE_MS }))
    if (!goesOn) throw new LeaseLost('another worker has this job')
  }

  async function exportOf(job: PersonalJob): Promise<void> {
    // What was said a moment ago belongs to it too.
    await settled()
    const file = await writeExport(job.user, { parts, blobs, reached: reached(job) })
    const kept = await jobs.finish(job.id, worker, now(), { ...file, keptUntil: now() + KEPT_MS })
    if (!kept) await blobs.delete(file.blob)
  }

  async function erase(job: PersonalJob): Promise<void> {
    const tell = reached(job)
    await tell(0, parts.length)
    await settled()
    for (const [i, part] of parts.entries()) {
      await part.erase(job.user)
      await tell(i + 1, parts.length)
    }
    // Earlier exports hold what has just gone.
    for (let left = await jobs.newest(job.user, 'export'); left; left = await jobs.newest(job.user, 'export')) {
      if (left.file) await blobs.delete(left.file.blob)
      await jobs.remove(left.id)
    }
    await jobs.finish(job.id, worker, now(), null)
  }

  async function run(job: PersonalJob): Promise<void> {
    try {
      await (job.kind === 'export' ? exportOf(job) : erase(job))
      deps.done(job)
    } catch (error) {
      // A deletion that was promised is tried for ever; an export can be asked for again.
      const givenUp = job.kind === 'export' && job.attempts >= EXPORT_TRIES
      const pause = error instanceof LeaseLost ? 0 : Math.min(3_600_000, 2_000 * 2 ** Math.min(job.attempts, 12))
      if (!(error instanceof LeaseLost)) deps.failed(job, error)
      await jobs.fail(job.id, worker, now(), givenUp ? null : now() + pause)
    }
  }

  async function sweep(): Promise<void> {
    for (const job of await jobs.over(now(), now() - RECORD_MS, 100)) {
      if (job.file) await blobs.delete(job.file.blob)
      await jobs.remove(job.id)
    }
  }

  async function round(): Promise<void> {
    try {
      for (let job = await jobs.claim(worker, now(), LEASE_MS); job; job = await jobs.claim(worker, now(), LEASE_MS)) {
        await run(job)
        if (stopped) return
      }
      await sweep()
    } catch (error) {
      deps.failed(null, error)
    }
  }

  const look = () => {
    running = running.then(() => (stopped ? undefined : round()))
    return running
  }
  const timer = setInterval(() => void look(), EVERY_MS).unref()
  void look()
  return {
    look,
    stop() {
      stopped = true
      stopping.reject(new LeaseLost('this worker stops'))
      clearInterval(timer)
      return running
    },
  }
}
