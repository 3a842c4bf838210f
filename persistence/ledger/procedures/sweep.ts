import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from './clock.ts'

const DAY = 24 * 60 * 60 * 1000
/** Rows a sweep takes at most from each table: it shares the write thread with everyone's commits. */
const AT_ONCE = 500

/** Removes what is old; returns how many rows. Run it every now and then, never per request. */
export function sweepProcedures(db: DatabaseSync, clock: Clock) {
  const oldOutboxes = db.prepare('select conversation, outbox from outboxes where used < ? order by used limit ?')
  const dropOutbox = db.prepare('delete from outboxes where conversation = ? and outbox = ?')
  const dropPosted = db.prepare('delete from posted where conversation = ? and outbox = ?')
  const revoked = db.prepare('delete from revoked where session in (select session from revoked where at < ? limit ?)')
  const removed = db.prepare(
    `delete from removed where (scope, user) in
     (select scope, user from removed where until is not null and until < ? order by until limit ?)`,
  )
  const nodes = db.prepare('delete from nodes where dead = 1 and at < ?')

  return {
    sweep(): number {
      const now = clock.peek()
      const outboxes = oldOutboxes.all(now - 30 * DAY, AT_ONCE) as { conversation: string; outbox: string }[]
      for (const { conversation, outbox } of outboxes) {
        dropPosted.run(conversation, outbox)
        dropOutbox.run(conversation, outbox)
      }
      const changes = [revoked.run(now - 31 * DAY, AT_ONCE), removed.run(now, AT_ONCE), nodes.run(now - 31 * DAY)]
      return changes.reduce((sum, change) => sum + Number(change.changes), outboxes.length)
    },
  }
}
