import {
  dropAsking,
  insertInvitation,
  insertRequest,
  isAsked,
  requestsTo,
} from '#persistence/database/groups/asking.ts'
import { holdGroup, holdPerson } from '#persistence/database/groups/findGroups.ts'
import { clearRecord, recordOf, roleIn } from '#persistence/database/groups/members.ts'
import { inTransaction } from '#persistence/database/inTransaction.ts'
import { profileByHandle } from '#persistence/database/profile/findProfiles.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import { manages } from './acts.rules.ts'
import { becomeMember } from './enterGroup.ts'
import { decideRequest } from './entry.rules.ts'
import type { GroupsDeps, Person } from './groupsDeps.ts'
import { inGroup, insideOf, memberOf } from './inGroup.ts'
import { takeBack } from './removal.ts'
import { tellGroup } from './tellGroup.ts'

const SHOWN = 200

/** Asks to be let in; repeating it changes nothing. */
export async function askToJoin(deps: GroupsDeps, { userId, name }: Person, groupId: string, text: string) {
  const now = await deps.ledger.now()
  const asked = await inTransaction(deps.db, async (tx) => {
    const group = await holdGroup(tx, groupId)
    if (!group) return refuse('not_found')
    const { removed } = await recordOf(tx, groupId, userId)
    const refusal = decideRequest({
      ...{ removed, dissolved: group.dissolvedAt !== null, open: group.openToRequests },
      isMember: (await roleIn(tx, groupId, userId)) !== null,
      invited: await isAsked(tx, 'group_invitation', groupId, userId),
    })
    if (refusal) return refusal
    return { group, isNew: await insertRequest(tx, groupId, userId, text, now) }
  })
  if (isRefusal(asked)) return asked
  if (asked.isNew) await tellGroup(deps, asked.group, [asked.group.leader], { what: 'asked', by: name })
  return {}
}

/** Takes one's own request back. */
export async function withdrawRequest({ db }: GroupsDeps, userId: string, groupId: string) {
  return (await dropAsking(db, 'group_request', groupId, userId)) ? {} : refuse('not_found')
}

export async function listRequests(deps: GroupsDeps, { userId }: Person, groupId: string) {
  const inside = await insideOf(deps, groupId, userId)
  if (isRefusal(inside)) return inside
  if (!manages(inside.role)) return refuse('forbidden')
  return { requests: await requestsTo(deps.db, groupId, SHOWN) }
}

/** Lets in who asked; who was kicked is let back by it. Leader and managers. */
export async function acceptRequest(deps: GroupsDeps, by: Person, groupId: string, userId: string) {
  const now = await deps.ledger.now()
  const done = await inTransaction(deps.db, async (tx) => {
    await holdPerson(tx, userId)
    const group = await holdGroup(tx, groupId)
    const allowed = await mayAnswer(tx, groupId, by.userId)
    if (allowed) return allowed
    if (!group || !(await isAsked(tx, 'group_request', groupId, userId))) return refuse('not_found')
    return (await becomeMember(deps, tx, group, userId, 'request', now)) ?? { group }
  })
  if (isRefusal(done)) return done
  await takeBack(deps, groupId, userId)
  await tellGroup(deps, done.group, [userId], { what: 'accepted', by: by.name })
  return {}
}

export async function refuseRequest(deps: GroupsDeps, by: Person, groupId: string, userId: string) {
  const done = await inGroup(deps, groupId, by.userId, async ({ tx, role, group }) => {
    if (!manages(role)) return refuse('forbidden')
    return (await dropAsking(tx, 'group_request', groupId, userId)) ? { group } : refuse('not_found')
  })
  if (isRefusal(done)) return done
  await tellGroup(deps, done.group, [userId], { what: 'refused' })
  return {}
}

async function mayAnswer(tx: Parameters<typeof roleIn>[0], groupId: string, by: string): Promise<Refusal | null> {
  const inside = await memberOf(tx, groupId, by)
  if (isRefusal(inside)) return inside
  return manages(inside.role) ? null : refuse('forbidden')
}

/** Invites one person by handle. A blocked pair cannot invite one another; the answer is that of a handle nobody has. */
export async function invitePerson(deps: GroupsDeps, by: Person, groupId: string, handle: string) {
  const inside = await insideOf(deps, groupId, by.userId)
  if (isRefusal(inside)) return inside
  if (!manages(inside.role)) return refuse('forbidden')
  const profile = await profileByHandle(deps.db, handle.replace(/^@/, ''))
  if (!profile || (await deps.people.isBlockedEitherWay(by.userId, profile.userId))) return refuse('not_found')
  const { userId } = profile
  const done = await inGroup(deps, groupId, by.userId, async ({ tx, role, group, now }) => {
    if (!manages(role)) return refuse('forbidden')
    if ((await roleIn(tx, groupId, userId)) !== null) return refuse('already_member')
    if ((await recordOf(tx, groupId, userId)).removed === 'banned') return refuse('banned')
    return { group, isNew: await insertInvitation(tx, groupId, userId, by.userId, now) }
  })
  if (isRefusal(done)) return done
  if (done.isNew) await tellGroup(deps, done.group, [userId], { what: 'invited', by: by.name })
  return {}
}

export async function declineInvitation({ db }: GroupsDeps, userId: string, groupId: string) {
  return (await dropAsking(db, 'group_invitation', groupId, userId)) ? {} : refuse('not_found')
}

/** Ends kick or ban and clears warnings; he may come back, he is not in yet. Leader and managers. */
export const letBack = (deps: GroupsDeps, by: Person, groupId: string, userId: string) =>
  inGroup(deps, groupId, by.userId, async ({ tx, role }) => {
    if (!manages(role)) return refuse('forbidden')
    if ((await recordOf(tx, groupId, userId)).removed === null) return refuse('nothing_to_do')
    await clearRecord(tx, groupId, userId)
    return {}
  })
