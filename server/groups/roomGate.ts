import { groupMemberships } from '#persistence/database/groups/memberships.ts'
import type { GroupGate } from '#persistence/ports/groupMemberships.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { GroupsDeps } from './groupsDeps.ts'
import { scopeOf } from './removedScope.ts'

/**
 * Whether a room's group lets somebody have what he asks for; null for a room of no group. Database and removed-set are
 * asked at each access, and deny wins (§5.7). Who is marked while the database still calls him a member is told to wait.
 */
export function roomGate(db: GroupsDeps['db'], ledger: Pick<GroupsDeps['ledger'], 'isRemoved'>) {
  const { gateOf } = groupMemberships(db)
  return async (room: string, user: string): Promise<GroupGate | null | Refusal> => {
    const gate = await gateOf(room, user)
    if (!gate) return null
    if (gate.role === null) return refuse(gate.removed ?? 'not_found')
    return (await ledger.isRemoved(scopeOf(gate.group), user)) ? refuse('unavailable') : gate
  }
}
