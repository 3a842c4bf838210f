import type { Db } from '#persistence/database/database.ts'
import { groupById, holdGroup } from '#persistence/database/groups/findGroups.ts'
import type { StudyGroup } from '#persistence/database/groups/group.ts'
import { recordOf, roleIn } from '#persistence/database/groups/members.ts'
import { inTransaction } from '#persistence/database/inTransaction.ts'
import type { GroupRole } from '#schemas/groups.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { GroupsDeps, Tx } from './groupsDeps.ts'
import { scopeOf } from './removedScope.ts'

/** A group as one of its members finds it. */
export type Inside = { readonly group: StudyGroup; readonly role: GroupRole }
export type Held = Inside & { readonly tx: Tx; readonly now: number }

/**
 * The group for a member; nobody else learns that it exists, except who was put out of it. Who is marked as removed while
 * the database still calls him a member is told to wait (§5.7, deny wins).
 */
export async function insideOf(
  { db, ledger }: Pick<GroupsDeps, 'db' | 'ledger'>,
  groupId: string,
  userId: string,
): Promise<Inside | Refusal> {
  const inside = await memberOf(db, groupId, userId)
  if (isRefusal(inside)) return inside
  return (await ledger.isRemoved(scopeOf(groupId), userId)) ? refuse('unavailable') : inside
}

/** The same by the database alone: inside a transaction. */
export const memberOf = async (db: Db, groupId: string, userId: string): Promise<Inside | Refusal> =>
  asMember(db, await groupById(db, groupId), userId)

/**
 * Does `work` for a member while nobody else changes the group. `work` decides before it writes: a refusal that it
 * answers undoes nothing.
 */
export async function inGroup<T extends object>(
  { db, ledger }: Pick<GroupsDeps, 'db' | 'ledger'>,
  groupId: string,
  userId: string,
  work: (held: Held) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const now = await ledger.now()
  return inTransaction(db, async (tx) => {
    const inside = await asMember(tx, await holdGroup(tx, groupId), userId)
    return isRefusal(inside) ? inside : work({ ...inside, tx, now })
  })
}

async function asMember(db: Db, group: StudyGroup | null, userId: string): Promise<Inside | Refusal> {
  if (!group || group.dissolvedAt !== null) return refuse('not_found')
  const role = await roleIn(db, group.id, userId)
  if (role) return { group, role }
  const { removed } = await recordOf(db, group.id, userId)
  return refuse(removed ?? 'not_found')
}
