import type { PersonalPart } from '../ports/personalData.ts'
import { pages } from './pages.ts'
import type { PersonalDeps } from './parts.ts'

/** Rooms he visited or owns. A room that stays keeps its people; its owner's name goes. */
export const roomsPart = ({ db }: Pick<PersonalDeps, 'db'>): PersonalPart => ({
  name: 'rooms',
  async *export(user) {
    const rows = pages(
      async (after: string | null, limit) =>
        db
          .selectFrom('room_visitor as v')
          .leftJoin('room as r', 'r.id', 'v.room_id')
          .select(['v.room_id as roomId', 'r.name', 'r.owner_id as ownerId'])
          .select(['v.first_at as firstAt', 'v.last_at as lastAt'])
          .where('v.user_id', '=', user)
          .where('v.room_id', '>', after ?? '')
          .orderBy('v.room_id')
          .limit(limit)
          .execute(),
      (row) => row.roomId,
    )
    const own = (row: { ownerId: string | null }) => ({ ...row, ownerId: undefined, owned: row.ownerId === user })
    yield { name: 'rooms.json', rows: mapped(rows, own) }
  },
  async erase(user) {
    await db.updateTable('room').set({ owner_name: '' }).where('owner_id', '=', user).execute()
    await db.deleteFrom('room_visitor').where('user_id', '=', user).execute()
  },
})

async function* mapped<A, B>(rows: AsyncIterable<A>, change: (row: A) => B): AsyncGenerator<B> {
  for await (const row of rows) yield change(row)
}
