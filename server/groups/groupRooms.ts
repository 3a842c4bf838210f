import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { countGroupRooms, insertGroupRoom } from '#persistence/database/groups/groupRooms.ts'
import { groupMemberships } from '#persistence/database/groups/memberships.ts'
import type { createGroupRoomBody } from '#schemas/api/groups.ts'
import { groupLimits } from '#schemas/groups.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import { manages } from './acts.rules.ts'
import type { GroupsDeps, Person } from './groupsDeps.ts'
import { inGroup } from './inGroup.ts'

/**
 * A room of the group, which stays. That it is the group's is written before the room is made: it is never public for a
 * moment. The group's leader owns it, whoever made it.
 */
export async function createGroupRoom(
  deps: GroupsDeps,
  by: Person,
  groupId: string,
  facts: z.output<typeof createGroupRoomBody>,
): Promise<{ roomId: string } | Refusal> {
  const id = randomBytes(12).toString('base64url')
  const placed = await inGroup(deps, groupId, by.userId, async ({ tx, role, now }) => {
    if (!manages(role)) return refuse('forbidden')
    if ((await countGroupRooms(tx, groupId, now)) >= groupLimits.rooms)
      return refuse('conflict', { max: groupLimits.rooms })
    await insertGroupRoom(tx, { id, group: groupId, by: by.userId, at: now })
    return {}
  })
  if (isRefusal(placed)) return placed
  const gate = await groupMemberships(deps.db).gateOf(id, by.userId)
  const made = gate ? await deps.places.createGroupRoom(id, facts, gate) : refuse('unavailable')
  // The row stays also where the room could not be made: it may have been all the same, and is the group's then.
  return isRefusal(made) ? made : { roomId: id }
}
