import { groupsOfUser } from '#persistence/database/groups/findGroups.ts'
import { groupMemberships } from '#persistence/database/groups/memberships.ts'
import { createGroupBody, createGroupRoomBody, type GroupDetail } from '#schemas/api/groups.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { createGroup } from '#server/groups/createGroup.ts'
import { joinByCode } from '#server/groups/enterGroup.ts'
import { setGroupImage } from '#server/groups/groupImage.ts'
import { createGroupRoom } from '#server/groups/groupRooms.ts'
import type { GroupsDeps, Person } from '#server/groups/groupsDeps.ts'
import { changeRole } from '#server/groups/moderate.ts'
import { askToJoin, invitePerson } from '#server/groups/requests.ts'
import { groupDetail } from '#server/groups/views.ts'
import { cast, PEOPLE, type Player, SEED } from './cast.ts'
import { chance } from './chance.ts'
import { pictureOf } from './pictureOf.ts'

type Room = { readonly name: string; readonly sitting: number }
const groups: readonly { name: string; description: string; members: number; rooms: readonly Room[] }[] = [
  {
    ...{ name: '새벽 다섯 시 클럽', description: '하루를 일찍 여는 사람들', members: 24 },
    rooms: [
      { name: '새벽 자리', sitting: 5 },
      { name: '주말 몰입', sitting: 2 },
      { name: '조용한 방', sitting: 0 },
    ],
  },
  {
    ...{ name: '정보처리기사 스터디', description: '실기까지 같이 가요', members: 16 },
    rooms: [
      { name: '실기 문제 풀이', sitting: 4 },
      { name: '질문 방', sitting: 0 },
    ],
  },
  {
    ...{ name: 'Quiet mornings', description: 'Two hours before the day begins', members: 12 },
    rooms: [{ name: 'Morning desk', sitting: 3 }],
  },
  {
    ...{ name: '수능 D-100', description: '매일 조금씩', members: 30 },
    rooms: [
      { name: '수학', sitting: 3 },
      { name: '국어', sitting: 1 },
    ],
  },
]

/** A group's room with the people who are to sit in it. */
export type Seating = { readonly roomId: string; readonly people: readonly Player[] }

/**
 * Study groups of the demo's people, made by the functions the API calls: with pictures, rooms of their own, managers, requests
 * and an invitation. What is there already stays.
 */
export async function seedGroups(deps: GroupsDeps, users: readonly string[]): Promise<Seating[]> {
  const person = (i: number): Person => ({ userId: users[i] ?? '', name: cast[i]?.name ?? '' })
  const seatings: Seating[] = []
  // People sit in one place: those at the end of the cast are in the open rooms.
  const free = new Set(Array.from({ length: 120 }, (_, i) => i + 1))
  for (const [i, { name, description, members, rooms }] of groups.entries()) {
    const next = chance(SEED, 'group', i)
    const someone = () => 1 + Math.floor(next() * (PEOPLE - 1))
    const leading = i === 0 ? 0 : i * 7
    const leader = person(leading)
    const there = (await groupsOfUser(deps.db, leader.userId)).find((group) => group.name === name)
    const facts = createGroupBody.parse({ name, description, capacity: 50, openToRequests: true })
    const groupId = there?.id ?? must(await createGroup(deps, leader, facts)).groupId
    const group: GroupDetail = must(await groupDetail(deps, leader, groupId))
    const inside = new Set([leading, ...(i < 2 ? [0] : [])])
    while (inside.size < members) inside.add(someone())
    if (group.members === 1) {
      for (const at of inside) if (at !== leading) must(await joinByCode(deps, person(at).userId, group.code ?? ''))
      const [, manager = leading] = [...inside].filter((at) => at !== leading)
      must(await changeRole(deps, leader, groupId, person(manager).userId, 'manager'))
      for (let n = 0; n < 2; n++)
        await askToJoin(deps, person(outside(inside, someone)), groupId, '같이 공부하고 싶어요')
      if (!inside.has(0)) await invitePerson(deps, leader, groupId, cast[0]?.handle ?? '')
    }
    if (group.image === null) must(await setGroupImage(deps, leader, groupId, await pictureOf(name)))
    // Who has left or was removed since an earlier start sits nowhere here.
    const now = new Set((await groupMemberships(deps.db).membersOf(groupId)).map(({ user }) => user))
    for (const room of rooms) {
      const made = group.rooms.find((it) => it.name === room.name)?.id
      const roomId =
        made ??
        must(await createGroupRoom(deps, leader, groupId, createGroupRoomBody.parse({ name: room.name }))).roomId
      const sitting = [...inside].filter((at) => free.has(at) && now.has(users[at] ?? '')).slice(0, room.sitting)
      for (const at of sitting) free.delete(at)
      seatings.push({ roomId, people: sitting.flatMap((at) => cast[at] ?? []) })
    }
  }
  return seatings
}

function outside(inside: ReadonlySet<number>, someone: () => number): number {
  for (;;) {
    const at = someone()
    if (!inside.has(at)) return at
  }
}

function must<T extends object>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`the demo's groups: ${answer.refused}`)
  return answer
}
