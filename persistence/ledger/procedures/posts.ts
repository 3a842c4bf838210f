import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from './clock.ts'
import type { Keys } from './keys.ts'

/** Numbers of an outbox whose answers are kept: far more than a client has under way. */
const ANSWERS = 1000

/** Conversations without an actor: dedupe, number and append in one step (DESIGN §5.3). */
export function postProcedures(db: DatabaseSync, clock: Clock, keys: Keys) {
  const getOutbox = db.prepare('select n from outboxes where conversation = ? and outbox = ?')
  const putOutbox = db.prepare(
    'insert into outboxes values (?, ?, ?, ?) on conflict do update set n = excluded.n, used = excluded.used',
  )
  const getPosted = db.prepare('select seq from posted where conversation = ? and outbox = ? and n = ?')
  const putPosted = db.prepare('insert into posted values (?, ?, ?, ?)')
  const cutPosted = db.prepare('delete from posted where conversation = ? and outbox = ? and n <= ?')
  const putKey = db.prepare(`insert into keys values (?, 'conversation', ?, ?, 0, null, null, 0, 0, 0)
    on conflict do update set head = excluded.head, confirmed = excluded.confirmed`)

  return {
    post(conversation: string, outbox: string, n: number, body: string) {
      const row = keys.row(conversation)
      if (row?.kind === 'place') throw new Error(`${conversation} is a place: only its actor appends to it`)
      const newest = (getOutbox.get(conversation, outbox) as { n: number } | undefined)?.n ?? 0
      if (n <= newest) {
        const first = getPosted.get(conversation, outbox, n) as { seq: number } | undefined
        return { seq: first?.seq ?? 0, repeated: true, confirmed: row?.confirmed ?? 0 }
      }
      const head = row?.head ?? 0
      const seq = head + 1
      const confirmed = keys.store(conversation, 0, head, row?.confirmed ?? 0, [body])
      putKey.run(conversation, seq, confirmed)
      putOutbox.run(conversation, outbox, n, clock.peek())
      putPosted.run(conversation, outbox, n, seq)
      if (n % 100 === 0) cutPosted.run(conversation, outbox, n - ANSWERS)
      if (row && seq % 100 === 0) keys.cut({ ...row, head: seq, confirmed })
      return { seq, repeated: false, confirmed }
    },
  }
}
