import type { People } from '#persistence/ports/people.ts'
import type { Db } from '../database.ts'
import { prepared } from '../prepared.ts'
import { pairOf } from './pair.ts'

/** Stands in every entry to a room. */
const blockedIds = prepared((db: Db, from: string, to: string) =>
  db
    .selectFrom('block')
    .select('blocked_id as id')
    .where('user_id', '=', from)
    .unionAll(db.selectFrom('block').select('user_id as id').where('blocked_id', '=', to)),
)

export function peopleOf(db: Db): People {
  return {
    async areFriends(a, b) {
      const [low, high] = pairOf(a, b)
      const row = await db
        .selectFrom('friendship')
        .select('friends')
        .where('low_id', '=', low)
        .where('high_id', '=', high)
        .executeTakeFirst()
      return row?.friends === 1
    },
    async friendsOf(user) {
      const rows = await db
        .selectFrom('friendship')
        .select('high_id as id')
        .where('low_id', '=', user)
        .where('friends', '=', 1)
        .unionAll(
          db.selectFrom('friendship').select('low_id as id').where('high_id', '=', user).where('friends', '=', 1),
        )
        .execute()
      return rows.map((row) => row.id)
    },
    async isBlockedEitherWay(a, b) {
      const row = await db
        .selectFrom('block')
        .select('user_id')
        .where((e) =>
          e.or([
            e.and([e('user_id', '=', a), e('blocked_id', '=', b)]),
            e.and([e('user_id', '=', b), e('blocked_id', '=', a)]),
          ]),
        )
        .executeTakeFirst()
      return row !== undefined
    },
    async blockedWith(user) {
      return new Set((await blockedIds(db, user, user)).map((row) => row.id))
    },
  }
}
