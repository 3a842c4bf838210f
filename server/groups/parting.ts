import { dissolve, moveLead } from '#persistence/database/groups/changeGroup.ts'
import { roomIdsOf } from '#persistence/database/groups/groupRooms.ts'
import { dropMember, roleIn } from '#persistence/database/groups/members.ts'
import { sweepGroupImages } from '#persistence/retention/sweepGroupImages.ts'
import { isRefusal, refuse } from '#schemas/refusals.ts'
import { decideTransfer, decideWithdraw, type Parting } from './acts.rules.ts'
import type { GroupsDeps, PartingDeps, Person, Tx } from './groupsDeps.ts'
import { inGroup } from './inGroup.ts'
import { carryOut, removing } from './removal.ts'
import { showStandings } from './standings.ts'
import { tellGroup } from './tellGroup.ts'

/** Leaves the group; he may come back like anybody else. A leader chooses who leads it then, or that it ends (R2). */
export async function withdraw(
  deps: PartingDeps,
  { userId, name }: Person,
  groupId: string,
  /** What becomes of a leader's group, or who says so while nobody else changes it. */
  parting?: Parting | ((tx: Tx) => Promise<Parting>),
) {
  const done = await removing(deps, groupId, userId, async ({ tx, role, group, now }) => {
    const choice = typeof parting === 'function' ? await parting(tx) : parting
    const heir = choice?.choice === 'handOver' ? choice.to : null
    const what = decideWithdraw(role, userId, choice, heir === null ? null : await roleIn(tx, groupId, heir))
    if (isRefusal(what)) return what
    if (what === 'dissolve') return { group, ended: true, lost: await endGroup(tx, groupId, now), heir: null }
    if (what === 'handOver' && heir !== null) await moveLead(tx, groupId, userId, heir)
    await dropMember(tx, groupId, userId)
    return { group, ended: false, lost: [userId], heir: what === 'handOver' ? heir : null }
  })
  if (isRefusal(done)) return done
  const { group, ended, lost, heir } = done
  if (ended) await afterEnd(deps, group, lost, { userId, name })
  else await carryOut(deps, groupId, lost, 'leftGroup')
  if (heir !== null) {
    await showStandings(deps, groupId, [heir])
    await tellGroup(deps, group, [heir], { what: 'role', role: 'leader', by: name })
  }
  return {}
}

/** Makes another member the leader and stays as a member. */
export async function transfer(deps: GroupsDeps, by: Person, groupId: string, to: string) {
  const done = await inGroup(deps, groupId, by.userId, async ({ tx, role, group }) => {
    const isSelf = to === by.userId
    const refusal = decideTransfer({ by: role, isSelf, target: await roleIn(tx, groupId, to) })
    if (refusal) return refusal
    await moveLead(tx, groupId, by.userId, to)
    return { group }
  })
  if (isRefusal(done)) return done
  await showStandings(deps, groupId, [to, by.userId])
  await tellGroup(deps, done.group, [to], { what: 'role', role: 'leader', by: by.name })
  return {}
}

/** Ends the group for good, with everything that leads into it; its leader only. */
export async function dissolveGroup(deps: GroupsDeps, by: Person, groupId: string) {
  const done = await removing(deps, groupId, by.userId, async ({ tx, role, group, now }) =>
    role === 'leader' ? { group, lost: await endGroup(tx, groupId, now) } : refuse('forbidden'),
  )
  if (isRefusal(done)) return done
  await afterEnd(deps, done.group, done.lost, by)
  return {}
}

/** Ends it in the database; gives who was in it. */
async function endGroup(tx: Tx, groupId: string, now: number): Promise<readonly string[]> {
  const rows = await tx.selectFrom('group_member').select('user_id').where('group_id', '=', groupId).execute()
  await dissolve(tx, groupId, now)
  return rows.map((row) => row.user_id)
}

async function afterEnd(
  deps: PartingDeps,
  group: { id: string; name: string; leader: string },
  members: readonly string[],
  by: Person,
): Promise<void> {
  await carryOut(deps, group.id, members, 'leftGroup')
  const gate = { group: group.id, role: 'leader', removed: null, leader: by } as const
  for (const { room } of await roomIdsOf(deps.db, [group.id])) {
    const ended = await deps.places.endStudy(by, room, gate)
    if (isRefusal(ended) && ended.refused !== 'gone' && ended.refused !== 'not_found')
      deps.log.warn({ room, why: ended.refused }, 'a room of a dissolved group has not ended yet')
  }
  await sweepGroupImages(deps).catch((error: unknown) =>
    deps.log.warn({ group: group.id, err: error }, 'the image of a dissolved group goes with the next sweep'),
  )
  const others = members.filter((user) => user !== by.userId)
  await tellGroup(deps, group, others, { what: 'dissolved', by: by.name })
}
