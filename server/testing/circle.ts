import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { insertRows } from '#persistence/database/dialect.ts'
import { inThreadSqliteDialect } from '#persistence/database/inThreadSqlite.ts'
import { bookIntervals } from '#persistence/database/study/bookIntervals.ts'
import type { Interval } from '#schemas/time/intervals.ts'
import type { InProcess } from './inProcess.ts'

export type Circle = {
  /** Study as the read model books it. */
  book(user: string, from: number, to: number): Promise<void>
  bookAll(user: string, intervals: readonly Interval[]): Promise<void>
  befriend(a: string, b: string): Promise<void>
  block(by: string, whom: string): Promise<void>
  group(id: string, members: readonly string[]): Promise<void>
  close(): Promise<void>
}

/** Facts about people in a running node's database, by a second connection: for tests of what only reads them. */
export function circle(server: Pick<InProcess, 'dataDir'>): Circle {
  const db = new Kysely<Database>({ dialect: inThreadSqliteDialect(join(server.dataDir, 'studyhub.db')) })
  const now = Date.now()
  return {
    book: (user, from, to) =>
      bookIntervals(db, [{ id: randomUUID(), user_id: user, room_id: 'room', started_at: from, ended_at: to }]),
    bookAll: (user, intervals) =>
      bookIntervals(
        db,
        intervals.map(({ from, to }) => ({
          ...{ id: randomUUID(), user_id: user, room_id: 'room', started_at: from, ended_at: to },
        })),
      ),
    async befriend(a, b) {
      const [low_id, high_id] = a < b ? [a, b] : [b, a]
      await insertRows(db, 'friendship', [{ low_id, high_id, asked_by: a, friends: 1, at: now }])
    },
    async block(by, whom) {
      await insertRows(db, 'block', [{ user_id: by, blocked_id: whom, at: now }])
    },
    async group(id, members) {
      await insertRows(db, 'study_group', [
        {
          ...{ id, name: id, search_name: id, description: '', image: null, capacity: 50, open_to_requests: 0 },
          ...{ leader_id: members[0] ?? '', code: id, code_hash: id, created_at: now, dissolved_at: null },
        },
      ])
      await insertRows(
        db,
        'group_member',
        members.map((user_id) => ({ group_id: id, user_id, role: 'member' as const, joined_at: now })),
      )
    },
    close: () => db.destroy(),
  }
}
