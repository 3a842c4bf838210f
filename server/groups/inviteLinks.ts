import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { type Invite, insertInvite, revokeInvite, workingInvites } from '#persistence/database/groups/invites.ts'
import type { createInviteBody, GroupInvite } from '#schemas/api/groups.ts'
import { groupLimits } from '#schemas/groups.ts'
import { isRefusal, refuse } from '#schemas/refusals.ts'
import { manages } from './acts.rules.ts'
import type { GroupsDeps, Person } from './groupsDeps.ts'
import { inGroup, insideOf } from './inGroup.ts'
import { hashOf, newCode } from './joinCode.ts'

const DAY_MS = 86_400_000

const shown = ({ id, createdAt, expiresAt, maxUses, uses }: Invite, byName: string): GroupInvite => ({
  ...{ id, byName, createdAt, expiresAt, maxUses, uses },
})

/** A new link; its code is told here and never again. Leader and managers. */
export const createInvite = (
  deps: GroupsDeps,
  by: Person,
  groupId: string,
  { days, uses }: z.output<typeof createInviteBody>,
) =>
  inGroup(deps, groupId, by.userId, async ({ tx, role, now }) => {
    if (!manages(role)) return refuse('forbidden')
    if ((await workingInvites(tx, groupId, now)).length >= groupLimits.invites)
      return refuse('conflict', { max: groupLimits.invites })
    const code = newCode()
    const invite: Invite = {
      ...{ id: randomBytes(9).toString('base64url'), group: groupId, hash: hashOf(code), createdAt: now },
      ...{ expiresAt: days === null ? null : now + days * DAY_MS, maxUses: uses, uses: 0, revokedAt: null },
    }
    await insertInvite(tx, invite, by.userId)
    return { invite: shown(invite, by.name), code: code.toLowerCase() }
  })

export async function listInvites(deps: GroupsDeps, { userId }: Person, groupId: string) {
  const inside = await insideOf(deps, groupId, userId)
  if (isRefusal(inside)) return inside
  if (!manages(inside.role)) return refuse('forbidden')
  const invites = await workingInvites(deps.db, groupId, await deps.ledger.now())
  return { invites: invites.map((invite) => shown(invite, invite.byName)) }
}

/** The link opens nothing from now on. */
export const endInvite = (deps: GroupsDeps, { userId }: Person, groupId: string, inviteId: string) =>
  inGroup(deps, groupId, userId, async ({ tx, role, now }) => {
    if (!manages(role)) return refuse('forbidden')
    return (await revokeInvite(tx, groupId, inviteId, now)) ? {} : refuse('not_found')
  })
