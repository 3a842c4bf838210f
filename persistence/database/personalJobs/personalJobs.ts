import type { PersonalJob, PersonalJobs } from '../../ports/personalJobs.ts'
import type { Db } from '../database.ts'
import { insertIfAbsent } from '../dialect.ts'
import type { PersonalJobRow } from './personalJobTable.ts'

const jobOf = (row: PersonalJobRow): PersonalJob => ({
  id: row.id,
  user: row.user_id,
  kind: row.kind,
  state: row.state,
  done: row.done,
  total: row.total,
  attempts: row.attempts,
  askedAt: row.asked_at,
  endedAt: row.ended_at,
  file: row.blob === null ? null : { blob: row.blob, bytes: row.bytes, keptUntil: row.kept_until },
})

const slotOf = (user: string, kind: PersonalJob['kind']): string => `${user} ${kind}`

/** The queue in the database: claims are compare-and-set, so no lock is held while a job runs. */
export function personalJobs(db: Db): PersonalJobs {
  const all = () => db.selectFrom('personal_job').selectAll()
  const held = (job: string, worker: string) =>
    db.updateTable('personal_job').where('id', '=', job).where('worker', '=', worker).where('state', '=', 'running')
  return {
    async ask({ id, user, kind, at }) {
      const slot = slotOf(user, kind)
      const fresh = { ...{ id, user_id: user, kind, slot, worker: '', free_at: at, attempts: 0 } }
      const empty = { done: 0, total: 0, asked_at: at, ended_at: null, blob: null, bytes: 0, kept_until: 0 }
      for (;;) {
        await insertIfAbsent(db, 'personal_job', { ...fresh, ...empty, state: 'waiting' })
        const row = await all().where('slot', '=', slot).executeTakeFirst()
        // It may have ended between the two.
        if (row) return jobOf(row)
        const own = await all().where('id', '=', id).executeTakeFirst()
        if (own) return jobOf(own)
      }
    },
    async newest(user, kind) {
      const row = await all()
        .where('user_id', '=', user)
        .where('kind', '=', kind)
        .orderBy('asked_at', 'desc')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst()
      return row ? jobOf(row) : null
    },
    async claim(worker, at, leaseMs) {
      const free = await all()
        .where('state', 'in', ['waiting', 'running'])
        .where('free_at', '<=', at)
        .orderBy('free_at')
        .limit(10)
        .execute()
      for (const row of free) {
        const taken = await db
          .updateTable('personal_job')
          .set({ state: 'running', worker, free_at: at + leaseMs, attempts: row.attempts + 1, done: 0, total: 0 })
          .where('id', '=', row.id)
          .where('state', '=', row.state)
          .where('attempts', '=', row.attempts)
          .where('free_at', '=', row.free_at)
          .executeTakeFirst()
        if (taken.numUpdatedRows > 0n) return { ...jobOf(row), state: 'running', attempts: row.attempts + 1 }
      }
      return null
    },
    async progress(job, worker, { done, total, leaseUntil }) {
      const changed = await held(job, worker).set({ done, total, free_at: leaseUntil }).executeTakeFirst()
      return changed.numUpdatedRows > 0n
    },
    async finish(job, worker, at, file) {
      const { blob, bytes, keptUntil } = file ?? { blob: null, bytes: 0, keptUntil: 0 }
      const changed = await held(job, worker)
        .set({ state: 'done', slot: job, ended_at: at, blob, bytes, kept_until: keptUntil })
        .executeTakeFirst()
      return changed.numUpdatedRows > 0n
    },
    async fail(job, worker, at, again) {
      const end = { state: 'failed', slot: job, ended_at: at } as const
      await held(job, worker)
        .set(again === null ? end : { state: 'waiting', free_at: again })
        .execute()
    },
    async over(at, endedBefore, limit) {
      const rows = await all()
        .where('ended_at', 'is not', null)
        .where((where) =>
          where.or([
            where('ended_at', '<', endedBefore),
            where.and([where('blob', 'is not', null), where('kept_until', '<=', at)]),
          ]),
        )
        .limit(limit)
        .execute()
      return rows.map(jobOf)
    },
    async remove(job) {
      await db.deleteFrom('personal_job').where('id', '=', job).execute()
    },
  }
}
