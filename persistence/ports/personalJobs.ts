/** Work on one person's data that takes longer than a request: any process may do it (A4). */
export type PersonalJob = {
  readonly id: string
  readonly user: string
  readonly kind: 'export' | 'erase'
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  /** Parts handled, of how many. 0 of 0 before it has begun. */
  readonly done: number
  readonly total: number
  readonly attempts: number
  /** Milliseconds. */
  readonly askedAt: number
  readonly endedAt: number | null
  /** Of an export: where the file is, how long, and until when it is kept. */
  readonly file: { readonly blob: string; readonly bytes: number; readonly keptUntil: number } | null
}

/**
 * The queue of such work. A job belongs to the worker that claimed it for as long as its lease, which each sign of progress
 * renews; after it another worker may claim the job. All times are milliseconds.
 */
export interface PersonalJobs {
  /** Adds a job; if one of this kind is waiting or running for the user, that one is answered and nothing is added. */
  ask(job: { id: string; user: string; kind: PersonalJob['kind']; at: number }): Promise<PersonalJob>
  newest(user: string, kind: PersonalJob['kind']): Promise<PersonalJob | null>
  /** The oldest job that is free at `at`, for this worker; null if there is none. Of several workers one gets it. */
  claim(worker: string, at: number, leaseMs: number): Promise<PersonalJob | null>
  /** Renews the lease. False: another worker has it, stop. */
  progress(job: string, worker: string, now: { done: number; total: number; leaseUntil: number }): Promise<boolean>
  /** False: another worker has it; then the file is not kept and has to be removed. */
  finish(job: string, worker: string, at: number, file: PersonalJob['file']): Promise<boolean>
  /** Puts it back until `again`, or ends it as failed when `again` is null. */
  fail(job: string, worker: string, at: number, again: number | null): Promise<void>
  /** Ended jobs whose file is kept no longer, or that ended before `endedBefore`. */
  over(at: number, endedBefore: number, limit: number): Promise<readonly PersonalJob[]>
  remove(job: string): Promise<void>
}
