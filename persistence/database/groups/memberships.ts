import type { GroupGate, GroupMemberships } from '../../ports/groupMemberships.ts'
import type { Db } from '../database.ts'
import { prepared } from '../prepared.ts'
import { leftOverRooms } from './groupRooms.ts'

/** The port on the database. */
export const groupMemberships = (db: Db): GroupMemberships => ({
  groupsOf: async (user) =>
    db
      .selectFrom('group_member')
      .select(['group_id as group', 'role'])
      .where('user_id', '=', user)
      .orderBy('joined_at')
      .orderBy('group_id')
      .execute(),

  async isMember(group, user) {
    const query = db.selectFrom('group_member').select('role').where('group_id', '=', group)
    return (await query.where('user_id', '=', user).executeTakeFirst()) !== undefined
  },

  membersOf: async (group) =>
    db
      .selectFrom('group_member')
      .select(['user_id as user', 'role'])
      .where('group_id', '=', group)
      .orderBy('joined_at')
      .orderBy('user_id')
      .execute(),

  gateOf: (room, user) => gateOf(db, room, user),
  leftOverRooms: (limit) => leftOverRooms(db, limit),
})

/** Stands before every entry into a group's room. */
const gates = prepared((db: Db, room: string, user: string) =>
  db
    .selectFrom('group_room as r')
    .innerJoin('study_group as g', 'g.id', 'r.group_id')
    .leftJoin('group_member as m', (join) => join.onRef('m.group_id', '=', 'g.id').on('m.user_id', '=', user))
    .leftJoin('group_record as b', (join) => join.onRef('b.group_id', '=', 'g.id').on('b.user_id', '=', user))
    .leftJoin('profile as p', 'p.user_id', 'g.leader_id')
    .select(['g.id as group', 'g.leader_id', 'm.role', 'b.removed', 'p.name as leader_name'])
    .where('r.room_id', '=', room),
)

async function gateOf(db: Db, room: string, user: string): Promise<GroupGate | null> {
  const [row] = await gates(db, room, user)
  if (!row) return null
  const leader = { userId: row.leader_id, name: row.leader_name ?? '' }
  return { group: row.group, role: row.role, removed: row.removed, leader }
}
