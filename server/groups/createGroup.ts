import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { insertGroup, updateCode, updateGroup } from '#persistence/database/groups/changeGroup.ts'
import { holdPerson } from '#persistence/database/groups/findGroups.ts'
import { countGroupsOf, countMembers } from '#persistence/database/groups/members.ts'
import { inTransaction } from '#persistence/database/inTransaction.ts'
import type { createGroupBody, GroupChange } from '#schemas/api/groups.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { decideCapacity, manages } from './acts.rules.ts'
import type { GroupsDeps, Person } from './groupsDeps.ts'
import { inGroup } from './inGroup.ts'
import { hashOf, newCode, shownCode } from './joinCode.ts'

/** Its maker leads it. */
export async function createGroup(
  { db, ledger, maxGroups }: GroupsDeps,
  { userId }: Person,
  facts: z.output<typeof createGroupBody>,
): Promise<{ groupId: string } | Refusal> {
  const createdAt = await ledger.now()
  const id = randomBytes(12).toString('base64url')
  const code = newCode()
  return inTransaction(db, async (tx) => {
    await holdPerson(tx, userId)
    if ((await countGroupsOf(tx, userId)) >= maxGroups) return refuse('too_many_groups', { max: maxGroups })
    const group = { ...facts, id, image: null, leader: userId, code, createdAt, dissolvedAt: null }
    await insertGroup(tx, group, hashOf(code))
    return { groupId: id }
  })
}

/** Name, description, seats, whether it takes requests; leader and managers. */
export const changeGroup = (deps: GroupsDeps, { userId }: Person, groupId: string, change: GroupChange) =>
  inGroup(deps, groupId, userId, async ({ tx, role }) => {
    if (!manages(role)) return refuse('forbidden')
    if (change.capacity !== undefined) {
      const refusal = decideCapacity(change.capacity, await countMembers(tx, groupId))
      if (refusal) return refusal
    }
    await updateGroup(tx, groupId, change)
    return {}
  })

/** A new join code; the one before opens nothing from now on. Leader and managers. */
export const regenerateCode = (deps: GroupsDeps, { userId }: Person, groupId: string) =>
  inGroup(deps, groupId, userId, async ({ tx, role }) => {
    if (!manages(role)) return refuse('forbidden')
    const code = newCode()
    await updateCode(tx, groupId, code, hashOf(code))
    return { code: shownCode(code) }
  })
