import type { PresenceRecord, PresenceRecords } from '../../ports/presence.ts'
import type { Db } from '../database.ts'
import { upsert } from '../dialect.ts'

/** See the port. */
export const presenceRecords = (db: Db): PresenceRecords => ({
  async of(users) {
    if (users.length === 0) return new Map()
    const rows = await db.selectFrom('presence').selectAll().where('user_id', 'in', users).execute()
    return new Map(
      rows.map((row): [string, PresenceRecord] => [row.user_id, { choice: row.choice, lastSeenAt: row.last_seen_at }]),
    )
  },
  async choose(user, choice) {
    const row = { user_id: user, choice, last_seen_at: null }
    await upsert(db, 'presence', [row], { keys: ['user_id'], set: ['choice'] })
  },
  async seen(users, at) {
    if (users.length === 0) return
    // A new row is whole with this; one that is there is left to the update below.
    await upsert(
      db,
      'presence',
      users.map((user) => ({ user_id: user, choice: 'online' as const, last_seen_at: at })),
      { keys: ['user_id'], set: ['user_id'] },
    )
    await db
      .updateTable('presence')
      .set({ last_seen_at: at })
      .where('user_id', 'in', users)
      .where('choice', '!=', 'invisible')
      .where((eb) => eb.or([eb('last_seen_at', 'is', null), eb('last_seen_at', '<', at)]))
      .execute()
  },
})
