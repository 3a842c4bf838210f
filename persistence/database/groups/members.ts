import { sql, type Transaction } from 'kysely'
import type { GroupRole } from '#schemas/groups.ts'
import { type Cursor, pageOf } from '../cursor.ts'
import type { Database, Db } from '../database.ts'
import { insertRows, upsert } from '../dialect.ts'

type Tx = Transaction<Database>

export async function roleIn(db: Db, group: string, user: string): Promise<GroupRole | null> {
  const query = db.selectFrom('group_member').select('role').where('group_id', '=', group)
  return (await query.where('user_id', '=', user).executeTakeFirst())?.role ?? null
}

export async function countMembers(db: Db, group: string): Promise<number> {
  const query = db.selectFrom('group_member').select((e) => e.fn.countAll<number>().as('n'))
  return Number((await query.where('group_id', '=', group).executeTakeFirstOrThrow()).n)
}

export async function countGroupsOf(db: Db, user: string): Promise<number> {
  const query = db.selectFrom('group_member').select((e) => e.fn.countAll<number>().as('n'))
  return Number((await query.where('user_id', '=', user).executeTakeFirstOrThrow()).n)
}

/** Rejects as a duplicate if he is a member already. What asked for him or invited him is done with. */
export async function addMember(tx: Tx, group: string, user: string, now: number): Promise<void> {
  await insertRows(tx, 'group_member', [{ group_id: group, user_id: user, role: 'member', joined_at: now }])
  for (const table of ['group_request', 'group_invitation'] as const)
    await tx.deleteFrom(table).where('group_id', '=', group).where('user_id', '=', user).execute()
}

export async function dropMember(tx: Tx, group: string, user: string): Promise<void> {
  await tx.deleteFrom('group_member').where('group_id', '=', group).where('user_id', '=', user).execute()
}

export async function setRole(tx: Tx, group: string, user: string, role: GroupRole): Promise<void> {
  await tx.updateTable('group_member').set({ role }).where('group_id', '=', group).where('user_id', '=', user).execute()
}

/** Members by age of their membership, with name, handle and warnings; who has no profile any more has no name. */
export async function membersPage(db: Db, group: string, { after, limit }: { after: Cursor | null; limit: number }) {
  let query = db
    .selectFrom('group_member as m')
    .leftJoin('profile as p', 'p.user_id', 'm.user_id')
    .leftJoin('group_record as r', (join) =>
      join.onRef('r.group_id', '=', 'm.group_id').onRef('r.user_id', '=', 'm.user_id'),
    )
    .select(['m.user_id', 'm.role', 'm.joined_at', 'p.name', 'p.handle', 'p.image', 'r.warnings'])
    .where('m.group_id', '=', group)
    .orderBy('m.joined_at')
    .orderBy('m.user_id')
    .limit(limit + 1)
  if (after) query = query.where(sql<boolean>`(m.joined_at, m.user_id) > (${after.value}, ${after.id})`)
  const { rows, next } = pageOf(await query.execute(), limit, (row) => ({ value: row.joined_at, id: row.user_id }))
  return {
    members: rows.map((row) => ({
      userId: row.user_id,
      name: row.name ?? '',
      handle: row.handle ?? '',
      image: row.image,
      role: row.role,
      joinedAt: row.joined_at,
      warnings: row.warnings ?? 0,
    })),
    next,
  }
}

export type GroupRecord = { readonly warnings: number; readonly removed: 'kicked' | 'banned' | null }

export async function recordOf(db: Db, group: string, user: string): Promise<GroupRecord> {
  const query = db.selectFrom('group_record').select(['warnings', 'removed']).where('group_id', '=', group)
  return (await query.where('user_id', '=', user).executeTakeFirst()) ?? { warnings: 0, removed: null }
}

export async function writeRecord(
  tx: Tx,
  group: string,
  user: string,
  record: GroupRecord & { reason: string; by: string; at: number },
): Promise<void> {
  const { warnings, removed, reason, by, at } = record
  await upsert(tx, 'group_record', [{ group_id: group, user_id: user, warnings, removed, reason, by_id: by, at }], {
    keys: ['group_id', 'user_id'],
    set: ['warnings', 'removed', 'reason', 'by_id', 'at'],
  })
}

/** Clears warnings, kick and ban. False if there was nothing. */
export async function clearRecord(tx: Tx, group: string, user: string): Promise<boolean> {
  const query = tx.deleteFrom('group_record').where('group_id', '=', group)
  return (await query.where('user_id', '=', user).executeTakeFirst()).numDeletedRows > 0n
}

/** Who is kicked or banned, newest first. */
export async function removedFrom(db: Db, group: string, limit: number) {
  const rows = await db
    .selectFrom('group_record as r')
    .leftJoin('profile as p', 'p.user_id', 'r.user_id')
    .select(['r.user_id', 'r.removed', 'r.reason', 'r.at', 'p.name'])
    .where('r.group_id', '=', group)
    .where('r.removed', 'is not', null)
    .orderBy('r.at', 'desc')
    .limit(limit)
    .execute()
  return rows.flatMap((row) =>
    row.removed === null
      ? []
      : [{ userId: row.user_id, name: row.name ?? '', how: row.removed, reason: row.reason, at: row.at }],
  )
}
