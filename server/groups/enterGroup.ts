import type { Db } from '#persistence/database/database.ts'
import { isAsked } from '#persistence/database/groups/asking.ts'
import { groupByCodeHash, groupById, holdGroup, holdPerson } from '#persistence/database/groups/findGroups.ts'
import type { StudyGroup } from '#persistence/database/groups/group.ts'
import { countUse, type Invite, inviteByHash } from '#persistence/database/groups/invites.ts'
import {
  addMember,
  clearRecord,
  countGroupsOf,
  countMembers,
  recordOf,
  roleIn,
} from '#persistence/database/groups/members.ts'
import { inTransaction } from '#persistence/database/inTransaction.ts'
import type { GroupPreview } from '#schemas/api/groups.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import { decideEntry, decideLink, type Way } from './entry.rules.ts'
import type { GroupsDeps, Tx } from './groupsDeps.ts'
import { hashOf, readCode, sameHash } from './joinCode.ts'
import { takeBack } from './removal.ts'

type Key = { readonly group: StudyGroup; readonly invite: Invite | null }

/** What a code or a link's token opens at `now`. Wrong, made up and killed ones are all the same `not_found`. */
async function keyOf(db: Db, text: string, now: number): Promise<Key | Refusal> {
  const code = readCode(text)
  if (code === null) return refuse('not_found')
  const hash = hashOf(code)
  const byCode = await groupByCodeHash(db, hash)
  if (byCode && sameHash(byCode.hash, hash))
    return byCode.group.dissolvedAt === null ? { group: byCode.group, invite: null } : refuse('not_found')
  const invite = await inviteByHash(db, hash)
  if (!invite || !sameHash(invite.hash, hash)) return refuse('not_found')
  const refusal = decideLink(invite, now)
  if (refusal) return refusal
  const group = await groupById(db, invite.group)
  return group && group.dissolvedAt === null ? { group, invite } : refuse('not_found')
}

/** Name, image and size of what a valid code opens; nothing else. */
export async function previewGroup({ db, ledger }: GroupsDeps, code: string): Promise<GroupPreview | Refusal> {
  const key = await keyOf(db, code, await ledger.now())
  if (isRefusal(key)) return key
  const { id, name, image, capacity } = key.group
  return { name, image, capacity, members: await countMembers(db, id) }
}

/** Joins by the group's code or by a link; a link's use is counted only when somebody came by it. */
export async function joinByCode(deps: GroupsDeps, userId: string, code: string) {
  const now = await deps.ledger.now()
  const joined = await inTransaction(deps.db, async (tx) => {
    await holdPerson(tx, userId)
    const found = await keyOf(tx, code, now)
    if (isRefusal(found)) return found
    const group = await holdGroup(tx, found.group.id)
    // Under the lock once more: the code may have been killed, the link used up meanwhile.
    const key = await keyOf(tx, code, now)
    if (isRefusal(key) || !group) return key as Refusal
    const refusal = await becomeMember(deps, tx, group, userId, key.invite ? 'link' : 'code', now)
    if (refusal) return refusal
    if (key.invite) await countUse(tx, key.invite.id)
    return { groupId: group.id }
  })
  if (!isRefusal(joined)) await takeBack(deps, joined.groupId, userId)
  return joined
}

/** Accepts an invitation that was made to oneself. */
export async function acceptInvitation(deps: GroupsDeps, userId: string, groupId: string) {
  const now = await deps.ledger.now()
  const joined = await inTransaction(deps.db, async (tx) => {
    await holdPerson(tx, userId)
    const group = await holdGroup(tx, groupId)
    if (!group || !(await isAsked(tx, 'group_invitation', groupId, userId))) return refuse('not_found')
    return (await becomeMember(deps, tx, group, userId, 'invitation', now)) ?? { groupId }
  })
  if (!isRefusal(joined)) await takeBack(deps, groupId, userId)
  return joined
}

/** Under the locks of the person and the group, taken in this order by everybody. */
export async function becomeMember(
  { maxGroups }: GroupsDeps,
  tx: Tx,
  group: StudyGroup,
  userId: string,
  way: Way,
  now: number,
): Promise<Refusal | null> {
  const { removed } = await recordOf(tx, group.id, userId)
  const refusal = decideEntry(
    {
      ...{ removed, maxGroups, capacity: group.capacity, dissolved: group.dissolvedAt !== null },
      isMember: (await roleIn(tx, group.id, userId)) !== null,
      members: await countMembers(tx, group.id),
      ownGroups: await countGroupsOf(tx, userId),
    },
    way,
  )
  if (refusal?.refused === 'already_member') return refuse('already_member', { groupId: group.id })
  if (refusal) return refusal
  if (removed) await clearRecord(tx, group.id, userId)
  await addMember(tx, group.id, userId, now)
  return null
}
