import type { Db } from '../database.ts'

/** The user's study groups by name, as far as they are not dissolved. */
export async function boardGroups(db: Db, user: string): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('group_member as m')
    .innerJoin('study_group as g', 'g.id', 'm.group_id')
    .select(['g.id', 'g.name'])
    .where('m.user_id', '=', user)
    .where('g.dissolved_at', 'is', null)
    .orderBy('g.name')
    .orderBy('g.id')
    .execute()
}
