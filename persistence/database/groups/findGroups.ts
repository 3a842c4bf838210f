import { sql } from 'kysely'
import type { GroupRole } from '#schemas/groups.ts'
import { searchable } from '#schemas/searchable.ts'
import { type Cursor, pageOf } from '../cursor.ts'
import type { Db } from '../database.ts'
import { containing, lockRows } from '../dialect.ts'
import { groupOf, type StudyGroup } from './group.ts'

/** Also a dissolved one; null if there never was one. */
export async function groupById(db: Db, id: string): Promise<StudyGroup | null> {
  const row = await db.selectFrom('study_group').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? groupOf(row) : null
}

/** The same, held until the transaction ends: nobody else changes the group or its members meanwhile. */
export async function holdGroup(tx: Db, id: string): Promise<StudyGroup | null> {
  const row = await lockRows(tx, tx.selectFrom('study_group').selectAll().where('id', '=', id)).executeTakeFirst()
  return row ? groupOf(row) : null
}

/** Holds a person until the transaction ends: how many groups he is in changes under nobody's hands. Taken before a group. */
export async function holdPerson(tx: Db, userId: string): Promise<void> {
  await lockRows(tx, tx.selectFrom('profile').select('user_id').where('user_id', '=', userId)).execute()
}

export async function groupByCodeHash(db: Db, hash: string): Promise<{ group: StudyGroup; hash: string } | null> {
  const row = await db.selectFrom('study_group').selectAll().where('code_hash', '=', hash).executeTakeFirst()
  return row ? { group: groupOf(row), hash: row.code_hash } : null
}

export type OwnGroup = StudyGroup & { readonly role: GroupRole; readonly members: number }

/** The groups of a user with their sizes, oldest membership first. */
export async function groupsOfUser(db: Db, userId: string): Promise<OwnGroup[]> {
  const rows = await db
    .selectFrom('group_member as m')
    .innerJoin('study_group as g', 'g.id', 'm.group_id')
    .selectAll('g')
    .select('m.role')
    .select((e) =>
      e
        .selectFrom('group_member as c')
        .select((f) => f.fn.countAll<number>().as('n'))
        .whereRef('c.group_id', '=', 'g.id')
        .as('members'),
    )
    .where('m.user_id', '=', userId)
    .orderBy('m.joined_at')
    .orderBy('g.id')
    .execute()
  return rows.map((row) => ({ ...groupOf(row), role: row.role, members: Number(row.members) }))
}

/** Groups that take requests, by a part of their name (empty: all), newest first. */
export async function searchOpenGroups(
  db: Db,
  { text, after, limit }: { text: string; after: Cursor | null; limit: number },
): Promise<{ groups: (StudyGroup & { members: number })[]; next: string | null }> {
  let query = db
    .selectFrom('study_group as g')
    .selectAll('g')
    .select((e) =>
      e
        .selectFrom('group_member as c')
        .select((f) => f.fn.countAll<number>().as('n'))
        .whereRef('c.group_id', '=', 'g.id')
        .as('members'),
    )
    .where('g.open_to_requests', '=', 1)
    .where('g.dissolved_at', 'is', null)
    .orderBy('g.created_at', 'desc')
    .orderBy('g.id', 'desc')
    .limit(limit + 1)
  const wanted = searchable(text)
  if (wanted) query = query.where(sql<boolean>`g.search_name like ${containing(wanted)} escape '!'`)
  if (after) query = query.where(sql<boolean>`(g.created_at, g.id) < (${after.value}, ${after.id})`)
  const { rows, next } = pageOf(await query.execute(), limit, (row) => ({ value: row.created_at, id: row.id }))
  return { groups: rows.map((row) => ({ ...groupOf(row), members: Number(row.members) })), next }
}
