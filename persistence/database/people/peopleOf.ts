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

/** Stands in the first return to a room whose node has died. */
const blockedOfEach = prepared((db: Db, from: readonly string[], to: readonly string[]) =>
  db
    .selectFrom('block')
    .select(['user_id as user', 'blocked_id as other'])
    .where('user_id', 'in', from)
    .unionAll(db.selectFrom('block').select(['blocked_id as user', 'user_id as other']).where('blocked_id', 'in', to)),
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
    async blockedWithEach(users) {
      if (users.length === 0) return new Map()
      const rows = Map.groupBy(await blockedOfEach(db, users, users), (row) => row.user)
      return new Map([...rows].map(([user, others]) => [user, new Set(others.map((row) => row.other))]))
    },
  }
}
