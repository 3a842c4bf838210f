import type { DatabaseSync } from 'node:sqlite'
import { type Answer, failureOf } from './protocol.ts'

export type Job = { readonly id: number; readonly work: () => unknown }

/** Runs reads outside any transaction: they see exactly what is committed. */
export const answerReads = (jobs: readonly Job[]): Answer[] =>
  jobs.map(({ id, work }) => {
    try {
      return { id, value: work() }
    } catch (error) {
      return { id, error: failureOf(error) }
    }
  })

/**
 * Runs the jobs in one transaction, each in a savepoint: one that throws is undone alone. The answers are true only
 * because the one commit (one fsync) is behind them; if it fails, all of the group have failed.
 */
export function commitGroup(db: DatabaseSync): (jobs: readonly Job[]) => Answer[] {
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const savepoint = db.prepare('savepoint job')
  const release = db.prepare('release job')
  const undo = db.prepare('rollback to job')

  const attempt = ({ id, work }: Job): Answer => {
    savepoint.run()
    try {
      return { id, value: work() }
    } catch (error) {
      // A full disk or an I/O error has rolled the whole transaction back already.
      if (!db.isTransaction) throw error
      undo.run()
      return { id, error: failureOf(error) }
    } finally {
      if (db.isTransaction) release.run()
    }
  }

  return (jobs) => {
    try {
      begin.run()
      const answers = jobs.map(attempt)
      commit.run()
      return answers
    } catch (error) {
      if (db.isTransaction) db.exec('rollback')
      const failure = failureOf(error)
      return jobs.map(({ id }) => ({ id, error: failure }))
    }
  }
}
