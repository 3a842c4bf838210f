import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import type { PersonalPart } from '#persistence/ports/personalData.ts'
import type { Places } from '#rooms/places.ts'
import { isRefusal } from '#schemas/refusals.ts'

/**
 * The name in rooms that have not ended: their state, their snapshots and what is read of them later. Comes before the part that
 * forgets which rooms he visited. Rejects while a room cannot be woken: the job tries again, from the start.
 */
export const forgottenPart = (db: Kysely<Database>, places: Pick<Places, 'forget'>): PersonalPart => ({
  name: 'names-in-rooms',
  // His messages and rooms are given by parts of their own.
  async *export() {},
  async erase(user) {
    const visited = db.selectFrom('room_visitor').select('room_id').where('user_id', '=', user)
    const rooms = await db
      .selectFrom('room')
      .select('id')
      .where('ended_at', 'is', null)
      .where((eb) => eb.or([eb('owner_id', '=', user), eb('id', 'in', visited)]))
      .execute()
    for (const { id } of rooms) {
      const done = await places.forget(user, id)
      if (isRefusal(done)) throw new Error(`a room could not be told of a deleted account: ${done.refused}`)
    }
  },
})
