import type { Acquaintances } from '../../ports/presence.ts'
import type { Db } from '../database.ts'
import { peopleOf } from '../people/peopleOf.ts'

/** See the port: friends, members of a common group, himself; nobody where either has blocked the other. */
export function acquaintances(db: Db): Acquaintances {
  const people = peopleOf(db)

  const groupMates = async (viewer: string, users: readonly string[]): Promise<readonly string[]> => {
    const rows = await db
      .selectFrom('group_member as mine')
      .innerJoin('group_member as theirs', 'theirs.group_id', 'mine.group_id')
      .select('theirs.user_id as id')
      .distinct()
      .where('mine.user_id', '=', viewer)
      .where('theirs.user_id', 'in', users)
      .execute()
    return rows.map((row) => row.id)
  }

  return {
    async visibleTo(viewer, users) {
      if (users.length === 0) return new Set()
      const [friends, mates, blocked] = await Promise.all([
        people.friendsOf(viewer),
        groupMates(viewer, users),
        people.blockedWith(viewer),
      ])
      const known = new Set([viewer, ...friends, ...mates])
      return new Set(users.filter((user) => known.has(user) && !blocked.has(user)))
    },

    async roomsKnownTo(viewer, rooms) {
      if (rooms.length === 0) return new Set()
      const rows = await db
        .selectFrom('group_room as r')
        .leftJoin('group_member as m', (join) =>
          join.onRef('m.group_id', '=', 'r.group_id').on('m.user_id', '=', viewer),
        )
        .select(['r.room_id as room', 'm.user_id as member'])
        .where('r.room_id', 'in', rooms)
        .execute()
      const closed = new Set(rows.filter(({ member }) => member === null).map(({ room }) => room))
      return new Set(rooms.filter((room) => !closed.has(room)))
    },
  }
}
