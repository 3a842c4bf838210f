import { dropAsking } from '#persistence/database/groups/asking.ts'
import {
  dropMember,
  recordOf,
  removedFrom,
  roleIn,
  setRole,
  writeRecord,
} from '#persistence/database/groups/members.ts'
import { isRefusal, refuse } from '#schemas/refusals.ts'
import { decideRole, decideTarget, decideWarning, manages } from './acts.rules.ts'
import type { GroupsDeps, Person } from './groupsDeps.ts'
import { type Held, inGroup, insideOf } from './inGroup.ts'
import { carryOut, removing } from './removal.ts'
import { showStandings } from './standings.ts'
import { tellGroup } from './tellGroup.ts'

const SHOWN = 200

async function aimed({ tx, group, role }: Held, by: Person, userId: string) {
  return { by: role, isSelf: by.userId === userId, target: await roleIn(tx, group.id, userId) }
}

/** The third warning kicks (R7). */
export async function warnMember(deps: GroupsDeps, by: Person, groupId: string, userId: string, reason: string) {
  const done = await removing(deps, groupId, by.userId, async (held) => {
    const refusal = decideTarget(await aimed(held, by, userId))
    if (refusal) return refusal
    const { tx, group, now } = held
    const { warnings, kicked } = decideWarning((await recordOf(tx, groupId, userId)).warnings)
    const removed = kicked ? ('kicked' as const) : null
    await writeRecord(tx, groupId, userId, { warnings, removed, reason, by: by.userId, at: now })
    if (kicked) await dropMember(tx, groupId, userId)
    return { group, warnings, kicked, lost: kicked ? [userId] : [] }
  })
  if (isRefusal(done)) return done
  const { group, warnings, kicked } = done
  if (kicked) await carryOut(deps, groupId, [userId], 'kicked')
  await tellGroup(deps, group, [userId], { what: kicked ? 'kicked' : 'warned', reason, by: by.name })
  return { warnings, kicked }
}

/** Out of the group and of everything in it, at once (I7): a kick until he is accepted again, a ban on every way in. */
export async function removeMember(
  deps: GroupsDeps,
  by: Person,
  groupId: string,
  userId: string,
  how: 'kicked' | 'banned',
  reason: string,
) {
  const done = await removing(deps, groupId, by.userId, async (held) => {
    const refusal = decideTarget(await aimed(held, by, userId))
    if (refusal) return refusal
    const { tx, group, now } = held
    const { warnings } = await recordOf(tx, groupId, userId)
    await writeRecord(tx, groupId, userId, { warnings, removed: how, reason, by: by.userId, at: now })
    await dropMember(tx, groupId, userId)
    await dropAsking(tx, 'group_request', groupId, userId)
    return { group, lost: [userId] }
  })
  if (isRefusal(done)) return done
  await carryOut(deps, groupId, [userId], how)
  await tellGroup(deps, done.group, [userId], { what: how, reason, by: by.name })
  return {}
}

/** Who is kicked or banned; leader and managers. */
export async function listRemoved(deps: GroupsDeps, { userId }: Person, groupId: string) {
  const inside = await insideOf(deps, groupId, userId)
  if (isRefusal(inside)) return inside
  if (!manages(inside.role)) return refuse('forbidden')
  return { removed: await removedFrom(deps.db, groupId, SHOWN) }
}

export async function changeRole(
  deps: GroupsDeps,
  by: Person,
  groupId: string,
  userId: string,
  role: 'manager' | 'member',
) {
  const done = await inGroup(deps, groupId, by.userId, async (held) => {
    const refusal = decideRole(await aimed(held, by, userId), role)
    if (refusal) return refusal
    await setRole(held.tx, groupId, userId, role)
    return { group: held.group }
  })
  if (isRefusal(done)) return done
  await showStandings(deps, groupId, [userId])
  await tellGroup(deps, done.group, [userId], { what: 'role', role, by: by.name })
  return {}
}
