import type { Db } from '../database.ts'

/** Who leads the group after this member: a manager, else another member, whoever is longest in it; null if nobody else is. */
export async function heirOf(db: Db, group: string, user: string): Promise<string | null> {
  const others = await db
    .selectFrom('group_member')
    .select(['user_id', 'role'])
    .where('group_id', '=', group)
    .where('user_id', '!=', user)
    .orderBy('joined_at')
    .orderBy('user_id')
    .execute()
  return (others.find(({ role }) => role === 'manager') ?? others[0])?.user_id ?? null
}
