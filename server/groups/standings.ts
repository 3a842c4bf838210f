import { roomIdsOf } from '#persistence/database/groups/groupRooms.ts'
import { groupMemberships } from '#persistence/database/groups/memberships.ts'
import type { PartingDeps } from './groupsDeps.ts'

/** The group's live rooms show these people's roles as they are now; sleeping ones learn it at the next entry. */
export async function showStandings(
  { db, places }: Pick<PartingDeps, 'db' | 'places'>,
  group: string,
  users: readonly string[],
) {
  const { gateOf } = groupMemberships(db)
  for (const { room } of await roomIdsOf(db, [group]))
    for (const user of users) {
      const gate = await gateOf(room, user)
      if (gate) await places.showStanding(room, user, gate)
    }
}
