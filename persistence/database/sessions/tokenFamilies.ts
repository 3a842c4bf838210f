import type { Db } from '../database.ts'
import { insertRows } from '../dialect.ts'

export async function startFamily(db: Db, family: { session: string; user: string; at: number }): Promise<void> {
  const { session, user, at } = family
  await insertRows(db, 'token_family', [{ session_id: session, user_id: user, generation: 1, rotated_at: at }])
}

/**
 * Uses up generation `from`. `rotated`: the next one counts from now on. `reused`: this generation was used before, so the token
 * has leaked. `unknown`: there is no such family (any more). Of several at once one rotates, the others have reused.
 */
export async function rotateFamily(
  db: Db,
  family: { session: string; from: number; at: number },
): Promise<{ how: 'rotated' | 'reused'; user: string } | { how: 'unknown' }> {
  const { session, from, at } = family
  const changed = await db
    .updateTable('token_family')
    .set({ generation: from + 1, rotated_at: at })
    .where('session_id', '=', session)
    .where('generation', '=', from)
    .executeTakeFirst()
  const row = await db.selectFrom('token_family').select('user_id').where('session_id', '=', session).executeTakeFirst()
  if (!row) return { how: 'unknown' }
  return { how: changed.numUpdatedRows > 0n ? 'rotated' : 'reused', user: row.user_id }
}

export async function endFamilies(db: Db, sessions: readonly string[]): Promise<void> {
  if (sessions.length > 0) await db.deleteFrom('token_family').where('session_id', 'in', sessions).execute()
}

/** Which of these sessions live by bearer tokens. */
export async function familiesOf(db: Db, user: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('token_family').select('session_id').where('user_id', '=', user).execute()
  return new Set(rows.map((row) => row.session_id))
}
