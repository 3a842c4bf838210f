import { z } from 'zod'
import { Tries } from '#persistence/tries/tries.ts'
import {
  changeGroupBody,
  createGroupBody,
  createGroupRoomBody,
  groupDetail,
  groupImage,
  joined,
  myGroups,
  openGroups,
  openGroupsQuery,
  transferBody,
  withdrawBody,
} from '#schemas/api/groups.ts'
import { limits } from '#schemas/limits.ts'
import { refuse } from '#schemas/refusals.ts'
import { changeGroup, createGroup } from '#server/groups/createGroup.ts'
import { clearGroupImage, setGroupImage } from '#server/groups/groupImage.ts'
import { createGroupRoom } from '#server/groups/groupRooms.ts'
import { dissolveGroup, transfer, withdraw } from '#server/groups/parting.ts'
import { groupDetail as detailOf, findOpenGroups, myGroups as mine } from '#server/groups/views.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'
import { groupsDepsOf } from './groupsOfApi.ts'
import { outside, params, tag } from './ofOneGroup.ts'

/** Study groups and their rooms (R2, G1). Each route asks the database whether the caller may, each time. */
export function groupsApi(add: AddEndpoint, deps: ApiDeps): void {
  const groups = groupsDepsOf(deps)
  const creations = new Tries({ max: 20 * deps.rateFactor, withinMs: 3_600_000 })
  const images = new Tries({ max: 30 * deps.rateFactor, withinMs: 3_600_000 })

  add({
    method: 'get',
    path: '/api/groups',
    tag,
    summary: 'My groups with their rooms and who is in them, my invitations and requests',
    who: 'user',
    takes: {},
    answers: myGroups,
    run: ({ caller }) => mine(groups, caller.userId),
  })

  add({
    method: 'post',
    path: '/api/groups',
    tag,
    summary: 'Creates a group; its maker leads it',
    who: 'user',
    takes: { body: createGroupBody },
    answers: joined,
    status: 201,
    refuses: ['too_many_groups', 'rate'],
    async run({ caller, body }) {
      const wait = creations.take(caller.userId)
      return wait > 0 ? refuse('rate', { retryAfterMs: wait }) : createGroup(groups, caller, body)
    },
  })

  add({
    method: 'get',
    path: '/api/groups/open',
    tag,
    summary: 'Groups that take requests, by a part of their name, newest first',
    who: 'user',
    takes: { query: openGroupsQuery },
    answers: openGroups,
    run: ({ query }) => findOpenGroups(groups, query),
  })

  add({
    method: 'get',
    path: '/api/groups/{id}',
    tag,
    summary: 'A group with its rooms, for its members; the join code for leader and managers',
    who: 'user',
    takes: { params },
    answers: groupDetail,
    refuses: outside,
    run: ({ caller, params: { id: group } }) => detailOf(groups, caller, group),
  })

  add({
    method: 'patch',
    path: '/api/groups/{id}',
    tag,
    summary: 'Changes name, description, seats, requests; leader and managers',
    who: 'user',
    takes: { params, body: changeGroupBody },
    answers: z.object({}),
    refuses: [...outside, 'forbidden', 'below_present'],
    run: ({ caller, params: { id: group }, body }) => changeGroup(groups, caller, group, body),
  })

  add({
    method: 'post',
    path: '/api/groups/{id}/image',
    tag,
    summary: "Makes the bytes of a JPEG, PNG, WebP or GIF the group's image; leader and managers",
    who: 'user',
    takes: { params, bytes: { max: limits.imageBytes } },
    answers: groupImage,
    refuses: [...outside, 'forbidden', 'not_an_image', 'rate'],
    async run({ caller, params: { id: group }, bytes }) {
      const wait = images.take(caller.userId)
      return wait > 0 ? refuse('rate', { retryAfterMs: wait }) : setGroupImage(groups, caller, group, bytes)
    },
  })

  add({
    method: 'delete',
    path: '/api/groups/{id}/image',
    tag,
    summary: "Takes the group's image away; leader and managers",
    who: 'user',
    takes: { params },
    answers: z.object({}),
    refuses: [...outside, 'forbidden'],
    run: ({ caller, params: { id: group } }) => clearGroupImage(groups, caller, group),
  })

  add({
    method: 'delete',
    path: '/api/groups/{id}',
    tag,
    summary: 'Dissolves the group with its rooms; its leader only',
    who: 'user',
    takes: { params },
    answers: z.object({}),
    refuses: [...outside, 'forbidden'],
    run: ({ caller, params: { id: group } }) => dissolveGroup(groups, caller, group),
  })

  add({
    method: 'post',
    path: '/api/groups/{id}/withdraw',
    tag,
    summary: 'Leaves the group; its leader hands it over or dissolves it',
    who: 'user',
    takes: { params, body: withdrawBody },
    answers: z.object({}),
    refuses: [...outside, 'must_choose', 'not_member', 'is_self'],
    run: ({ caller, params: { id: group }, body }) => withdraw(groups, caller, group, body.parting),
  })

  add({
    method: 'post',
    path: '/api/groups/{id}/transfer',
    tag,
    summary: 'Makes another member the leader; the leader only',
    who: 'user',
    takes: { params, body: transferBody },
    answers: z.object({}),
    refuses: [...outside, 'forbidden', 'not_member', 'is_self'],
    run: ({ caller, params: { id: group }, body }) => transfer(groups, caller, group, body.to),
  })

  add({
    method: 'post',
    path: '/api/groups/{id}/rooms',
    tag,
    summary: 'Creates a study room of the group; leader and managers',
    who: 'user',
    takes: { params, body: createGroupRoomBody },
    answers: z.object({ roomId: z.string() }),
    status: 201,
    refuses: [...outside, 'forbidden', 'conflict', 'rate', 'frozen', 'draining', 'unavailable'],
    async run({ caller, params: { id: group }, body }) {
      const wait = creations.take(caller.userId)
      return wait > 0 ? refuse('rate', { retryAfterMs: wait }) : createGroupRoom(groups, caller, group, body)
    },
  })
}
