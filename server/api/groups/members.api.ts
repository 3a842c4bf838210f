import { z } from 'zod'
import { groupMembers, groupRecords, pageQuery, reasonBody, roleBody, warned } from '#schemas/api/groups.ts'
import type { RefusalCode } from '#schemas/refusals.ts'
import { id } from '#schemas/text.ts'
import { changeRole, listRemoved, removeMember, warnMember } from '#server/groups/moderate.ts'
import { letBack } from '#server/groups/requests.ts'
import { listMembers } from '#server/groups/views.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'
import { groupsDepsOf } from './groupsOfApi.ts'
import { outside, params, tag } from './ofOneGroup.ts'

const member = z.object({ id, user: id })
const refuses: readonly RefusalCode[] = [...outside, 'forbidden']
const aimed: readonly RefusalCode[] = [...refuses, 'is_self', 'is_owner', 'not_member']

/** A group's members: roles, warnings, kicks and bans (R7). */
export function groupMembersApi(add: AddEndpoint, deps: ApiDeps): void {
  const groups = groupsDepsOf(deps)

  add({
    method: 'get',
    path: '/api/groups/{id}/members',
    tag,
    summary: 'Members by age of their membership; warnings for leader and managers',
    who: 'user',
    takes: { params, query: pageQuery },
    answers: groupMembers,
    refuses,
    run: ({ caller, params: { id: group }, query }) => listMembers(groups, caller, group, query),
  })

  add({
    method: 'patch',
    path: '/api/groups/{id}/members/{user}',
    tag,
    summary: 'Makes a member manager or takes that away; the leader only',
    who: 'user',
    takes: { params: member, body: roleBody },
    answers: z.object({}),
    refuses: [...aimed, 'nothing_to_do'],
    run: ({ caller, params: { id: group, user }, body }) => changeRole(groups, caller, group, user, body.role),
  })

  add({
    method: 'post',
    path: '/api/groups/{id}/members/{user}/warn',
    tag,
    summary: 'Warns; the third warning kicks',
    who: 'user',
    takes: { params: member, body: reasonBody },
    answers: warned,
    refuses: aimed,
    run: ({ caller, params: { id: group, user }, body }) => warnMember(groups, caller, group, user, body.reason),
  })

  for (const [act, how] of [
    ['kick', 'kicked'],
    ['ban', 'banned'],
  ] as const)
    add({
      method: 'post',
      path: `/api/groups/{id}/members/{user}/${act}`,
      tag,
      summary: act === 'kick' ? 'Puts a member out, at once' : 'Puts a member out for good, at once',
      who: 'user',
      takes: { params: member, body: reasonBody },
      answers: z.object({}),
      refuses: aimed,
      run: ({ caller, params: { id: group, user }, body }) =>
        removeMember(groups, caller, group, user, how, body.reason),
    })

  add({
    method: 'get',
    path: '/api/groups/{id}/removed',
    tag,
    summary: 'Who is kicked or banned; leader and managers',
    who: 'user',
    takes: { params },
    answers: groupRecords,
    refuses,
    run: ({ caller, params: { id: group } }) => listRemoved(groups, caller, group),
  })

  add({
    method: 'delete',
    path: '/api/groups/{id}/removed/{user}',
    tag,
    summary: 'Ends a kick or a ban and clears the warnings',
    who: 'user',
    takes: { params: member },
    answers: z.object({}),
    refuses: [...refuses, 'nothing_to_do'],
    run: ({ caller, params: { id: group, user } }) => letBack(groups, caller, group, user),
  })
}
