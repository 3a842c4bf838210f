import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { personalJobs } from '#persistence/database/personalJobs/personalJobs.ts'
import { personalParts } from '#persistence/personalData/parts.ts'
import { startPersonalJobs } from '#persistence/personalData/startPersonalJobs.ts'
import type { PersonalPart } from '#persistence/ports/personalData.ts'
import type { Places } from '#rooms/places.ts'
import { forgottenPart } from '#server/accounts/forgottenPart.ts'
import type { Personal } from '#server/accounts/personal.ts'
import { partingPart } from '#server/groups/partingPart.ts'
import type { Halves } from './halves.ts'

/** Export and deletion with their worker in this process. `account` is the accounts library's part: the first to be erased. */
export function openPersonal(
  { db, ledger, archive, blobs, readModels }: Halves,
  account: PersonalPart,
  places: Places,
  log: Logger,
): Personal & { stop(): Promise<void> } {
  const jobs = personalJobs(db)
  const parts = personalParts({ db, archive, blobs })
  const worker = startPersonalJobs({
    ...{ jobs, blobs },
    parts: [account, partingPart({ db, ledger, blobs, places, log }), forgottenPart(db, places), ...parts],
    settled: () => readModels.caughtUp(),
    now: Date.now,
    done: ({ id, kind, user }) => log.info({ job: id, kind, userId: user }, 'personal data: done'),
    failed: (job, error) => log.warn({ job: job?.id, kind: job?.kind, err: error }, 'personal data: failed'),
  })
  const ask = async (user: string, kind: 'export' | 'erase') => {
    const job = await jobs.ask({ id: randomUUID(), user, kind, at: Date.now() })
    void worker.look()
    return job
  }
  return {
    startExport: (user) => ask(user, 'export'),
    newestExport: (user) => jobs.newest(user, 'export'),
    signExport: (blob, downloadName) => blobs.signDownload(blob, { expiresIn: 60, downloadName }),
    async closeAccount(user) {
      // The promise first: if this process dies now, the account is closed by the worker.
      await jobs.ask({ id: randomUUID(), user, kind: 'erase', at: Date.now() })
      await account.erase(user)
      void worker.look()
    },
    stop: () => worker.stop(),
  }
}
