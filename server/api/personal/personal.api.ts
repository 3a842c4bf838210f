import { z } from 'zod'
import type { PersonalJob } from '#persistence/ports/personalJobs.ts'
import { type ExportJob, exportJob, exportLink, newestExport } from '#schemas/api/personal.ts'
import { refuse } from '#schemas/refusals.ts'
import { id } from '#schemas/text.ts'
import { clearedSessionCookie } from '#server/accounts/sessionCookie.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'

const tag = 'personal data'
const DAY = 86_400_000

const shown = ({ id, state, done, total, askedAt, endedAt, file }: PersonalJob): ExportJob => {
  const kept = file && file.keptUntil > Date.now() ? { bytes: file.bytes, keptUntil: file.keptUntil } : null
  return { id, state, done, total, askedAt, endedAt, file: kept }
}

/** Export of one's data, and the end of one's account (A4). */
export function personalApi(add: AddEndpoint, { accounts, personal, tries, rateFactor }: ApiDeps): void {
  const exports = tries.limit('exports', { max: 5 * rateFactor, withinMs: DAY })

  add({
    method: 'post',
    path: '/api/me/export',
    tag,
    summary: 'Begins an export of all that is kept about the caller; one that is under way is answered',
    who: 'user',
    takes: {},
    answers: exportJob,
    status: 201,
    refuses: ['too_many_tries'],
    async run({ caller }) {
      const newest = await personal.newestExport(caller.userId)
      const underWay = newest?.state === 'waiting' || newest?.state === 'running'
      const wait = underWay ? 0 : await exports.take(caller.userId)
      return wait > 0
        ? refuse('too_many_tries', { retryAfterMs: wait })
        : shown(await personal.startExport(caller.userId))
    },
  })

  add({
    method: 'get',
    path: '/api/me/export',
    tag,
    summary: 'The newest export and how far it is',
    who: 'user',
    takes: {},
    answers: newestExport,
    async run({ caller }) {
      const job = await personal.newestExport(caller.userId)
      return { export: job && shown(job) }
    },
  })

  add({
    method: 'post',
    path: '/api/me/export/{id}/link',
    tag,
    summary: 'A URL for the file, good for a minute',
    who: 'user',
    takes: { params: z.object({ id }) },
    answers: exportLink,
    refuses: ['not_found'],
    async run({ caller, params }) {
      const job = await personal.newestExport(caller.userId)
      if (!job?.file || job.id !== params.id || job.file.keptUntil <= Date.now()) return refuse('not_found')
      const { url, expiresAt } = await personal.signExport(job.file.blob, `studyhub-${caller.handle}.zip`)
      return { url, expiresAt }
    },
  })

  add({
    method: 'post',
    path: '/api/me/delete',
    tag,
    summary: 'Ends the account for good: sessions and e-mail at once, all other data in the background',
    who: 'proven',
    takes: {},
    answers: z.object({}),
    async run({ c, caller }) {
      await personal.closeAccount(caller.userId)
      c.header('set-cookie', clearedSessionCookie(accounts.secure), { append: true })
      return {}
    },
  })
}
