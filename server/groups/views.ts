import { type Cursor, decodeCursor } from '#persistence/database/cursor.ts'
import { countRequests, invitationsOf, requestsOf } from '#persistence/database/groups/asking.ts'
import { groupsOfUser, searchOpenGroups } from '#persistence/database/groups/findGroups.ts'
import { roomsOfGroups } from '#persistence/database/groups/groupRooms.ts'
import { countMembers, membersPage } from '#persistence/database/groups/members.ts'
import type { GroupDetail, GroupMembers, GroupRoom, MyGroups, OpenGroups } from '#schemas/api/groups.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import { asleepCard } from '#server/api/rooms/roomDetail.ts'
import { manages } from './acts.rules.ts'
import type { GroupsDeps, Person } from './groupsDeps.ts'
import { insideOf } from './inGroup.ts'
import { shownCode } from './joinCode.ts'

/** My groups with their rooms and who is in them now; who invited me; whom I asked. */
export async function myGroups({ db, places, people, maxGroups }: GroupsDeps, userId: string): Promise<MyGroups> {
  const groups = await groupsOfUser(db, userId)
  const ids = groups.map((group) => group.id)
  const [rooms, requests, invitations, requested] = await Promise.all([
    roomsOf(db, places, ids),
    countRequests(db, ids),
    invitationsOf(db, userId),
    requestsOf(db, userId),
  ])
  const visible = await Promise.all(
    // Who has been blocked since he invited does not invite any more.
    invitations.map(async (it) => ((await people.isBlockedEitherWay(userId, it.byId)) ? [] : [it])),
  )
  return {
    groups: groups.map(({ id, name, description, image, members, capacity, role, openToRequests }) => ({
      ...{ id, name, description, image, members, capacity, role, openToRequests },
      requests: manages(role) ? (requests.get(id) ?? 0) : 0,
      rooms: rooms.get(id) ?? [],
    })),
    invitations: visible.flat().map(({ byId: _, ...shown }) => shown),
    requested,
    max: maxGroups,
  }
}

/** The group as one of its members sees it. */
export async function groupDetail(deps: GroupsDeps, { userId }: Person, groupId: string) {
  const { db, places } = deps
  const inside = await insideOf(deps, groupId, userId)
  if (isRefusal(inside)) return inside
  const { group, role } = inside
  const { id, name, description, image, capacity, openToRequests, leader, createdAt, code } = group
  const [rooms, requests, members] = await Promise.all([
    roomsOf(db, places, [id]),
    countRequests(db, [id]),
    countMembers(db, id),
  ])
  const detail: GroupDetail = {
    ...{ id, name, description, image, capacity, openToRequests, leader, createdAt, role, members },
    rooms: rooms.get(id) ?? [],
    requests: manages(role) ? (requests.get(id) ?? 0) : 0,
    code: manages(role) ? shownCode(code) : null,
  }
  return detail
}

type Page = { readonly cursor?: string | undefined; readonly limit: number }

/** Members by age of their membership; warnings for leader and managers. */
export async function listMembers(
  deps: GroupsDeps,
  { userId }: Person,
  groupId: string,
  page: Page,
): Promise<GroupMembers | Refusal> {
  const inside = await insideOf(deps, groupId, userId)
  if (isRefusal(inside)) return inside
  const after = afterOf(page)
  if (isRefusal(after)) return after
  const { members, next } = await membersPage(deps.db, groupId, { after, limit: page.limit })
  const seesWarnings = manages(inside.role)
  return { members: members.map((m) => ({ ...m, warnings: seesWarnings ? m.warnings : null })), next }
}

/** Groups that take requests; what anybody may see of them. */
export async function findOpenGroups({ db }: GroupsDeps, query: Page & { q: string }): Promise<OpenGroups | Refusal> {
  const after = afterOf(query)
  if (isRefusal(after)) return after
  const { groups, next } = await searchOpenGroups(db, { text: query.q, after, limit: query.limit })
  return {
    groups: groups.map(({ id, name, description, image, members, capacity }) => ({
      ...{ id, name, description, image, members, capacity },
    })),
    next,
  }
}

function afterOf({ cursor }: Page): Cursor | null | Refusal {
  if (cursor === undefined) return null
  return decodeCursor(cursor) ?? refuse('invalid', { in: 'query', fields: ['cursor'] })
}

async function roomsOf(
  db: GroupsDeps['db'],
  places: Pick<GroupsDeps['places'], 'card'>,
  groups: readonly string[],
): Promise<Map<string, GroupRoom[]>> {
  const byGroup = new Map<string, GroupRoom[]>()
  for (const { group, ...room } of await roomsOfGroups(db, groups)) {
    const card = places.card(room.id)
    const shown = { ...(card ?? asleepCard(room)), live: card !== null }
    byGroup.set(group, [...(byGroup.get(group) ?? []), shown])
  }
  return byGroup
}
