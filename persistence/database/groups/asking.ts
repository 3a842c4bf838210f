import type { Transaction } from 'kysely'
import type { Database, Db } from '../database.ts'
import { insertIfAbsent } from '../dialect.ts'

type Tx = Transaction<Database>

// Two ways of asking: a person asks a group for a seat, a group asks a person to come.

export const insertRequest = (tx: Tx, group: string, user: string, text: string, at: number): Promise<boolean> =>
  insertIfAbsent(tx, 'group_request', { group_id: group, user_id: user, text, at })

export const insertInvitation = (tx: Tx, group: string, user: string, by: string, at: number): Promise<boolean> =>
  insertIfAbsent(tx, 'group_invitation', { group_id: group, user_id: user, by_id: by, at })

/** False if there was none. */
export async function dropAsking(tx: Db, table: 'group_request' | 'group_invitation', group: string, user: string) {
  const query = tx.deleteFrom(table).where('group_id', '=', group).where('user_id', '=', user)
  return (await query.executeTakeFirst()).numDeletedRows > 0n
}

export async function isAsked(db: Db, table: 'group_request' | 'group_invitation', group: string, user: string) {
  const query = db.selectFrom(table).select('user_id').where('group_id', '=', group).where('user_id', '=', user)
  return (await query.executeTakeFirst()) !== undefined
}

/** A group's waiting requests, oldest first. */
export async function requestsTo(db: Db, group: string, limit: number) {
  const rows = await db
    .selectFrom('group_request as r')
    .innerJoin('profile as p', 'p.user_id', 'r.user_id')
    .select(['r.user_id as userId', 'p.name', 'p.handle', 'r.text', 'r.at'])
    .where('r.group_id', '=', group)
    .orderBy('r.at')
    .orderBy('r.user_id')
    .limit(limit)
    .execute()
  return rows
}

export async function countRequests(db: Db, groups: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (groups.length === 0) return new Map()
  const rows = await db
    .selectFrom('group_request')
    .select(['group_id', (e) => e.fn.countAll<number>().as('n')])
    .where('group_id', 'in', groups)
    .groupBy('group_id')
    .execute()
  return new Map(rows.map((row) => [row.group_id, Number(row.n)]))
}

export const requestsOf = (
  db: Db,
  user: string,
): Promise<{ id: string; name: string; image: string | null; at: number }[]> =>
  db
    .selectFrom('group_request as r')
    .innerJoin('study_group as g', 'g.id', 'r.group_id')
    .select(['g.id', 'g.name', 'g.image', 'r.at'])
    .where('r.user_id', '=', user)
    .orderBy('r.at', 'desc')
    .limit(50)
    .execute()

/** Whom a user was invited by, newest first. */
export async function invitationsOf(db: Db, user: string) {
  const rows = await db
    .selectFrom('group_invitation as i')
    .innerJoin('study_group as g', 'g.id', 'i.group_id')
    .leftJoin('profile as p', 'p.user_id', 'i.by_id')
    .select(['g.id', 'g.name', 'g.description', 'g.image', 'g.capacity', 'p.name as by', 'i.by_id', 'i.at'])
    .select((e) =>
      e
        .selectFrom('group_member as c')
        .select((f) => f.fn.countAll<number>().as('n'))
        .whereRef('c.group_id', '=', 'g.id')
        .as('members'),
    )
    .where('i.user_id', '=', user)
    .orderBy('i.at', 'desc')
    .limit(50)
    .execute()
  return rows.map(({ by_id: byId, ...row }) => ({ ...row, byId, by: row.by ?? '', members: Number(row.members) }))
}
