import { z } from 'zod'
import { Tries } from '#persistence/tries/tries.ts'
import {
  codeBody,
  createInviteBody,
  groupInvites,
  groupPreview,
  groupRequests,
  inviteeBody,
  joined,
  newInvite,
  requestBody,
} from '#schemas/api/groups.ts'
import { isRefusal, type Refusal, type RefusalCode } from '#schemas/refusals.ts'
import { id } from '#schemas/text.ts'
import { regenerateCode } from '#server/groups/createGroup.ts'
import { acceptInvitation, joinByCode, previewGroup } from '#server/groups/enterGroup.ts'
import { createInvite, endInvite, listInvites } from '#server/groups/inviteLinks.ts'
import {
  acceptRequest,
  askToJoin,
  declineInvitation,
  invitePerson,
  listRequests,
  refuseRequest,
  withdrawRequest,
} from '#server/groups/requests.ts'
import type { ApiContext } from '#server/http/apiEnv.ts'
import { clientAddress } from '#server/http/clientAddress.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import { tooMany } from '#server/http/tooMany.ts'
import type { ApiDeps } from '../apiDeps.ts'
import { groupsDepsOf } from './groupsOfApi.ts'
import { outside, params, tag } from './ofOneGroup.ts'

const entering: readonly RefusalCode[] = [...outside, 'gone', 'already_member', 'too_many_groups', 'full']

/** The ways into a group: code and link, invitation, request. Guessing is counted per address. */
export function groupWaysApi(add: AddEndpoint, deps: ApiDeps): void {
  const groups = groupsDepsOf(deps)
  const guesses = deps.tries.limit('groupCodes', { max: 20 * deps.rateFactor, withinMs: 10 * 60_000 })
  const askings = new Tries({ max: 60 * deps.rateFactor, withinMs: 3_600_000 })

  /** Counted before it is looked at, so that guesses in parallel count too; a code that opens something is given back. */
  async function guess<T>(c: ApiContext, open: () => Promise<T | Refusal>): Promise<T | Refusal> {
    const address = clientAddress(c, deps.clientAddressHeader)
    const wait = await guesses.take(address)
    if (wait > 0) return tooMany(wait)
    const opened = await open()
    if (!isRefusal(opened) || opened.refused !== 'not_found') await guesses.refund(address)
    return opened
  }

  add({
    method: 'post',
    path: '/api/groups/preview',
    tag,
    summary: 'Name and size of the group that a valid code or link opens; signed out too',
    who: 'anyone',
    takes: { body: codeBody },
    answers: groupPreview,
    refuses: ['not_found', 'gone', 'too_many_tries'],
    run: ({ c, body }) => guess(c, () => previewGroup(groups, body.code)),
  })

  add({
    method: 'post',
    path: '/api/groups/join',
    tag,
    summary: 'Joins by the code of a group or of an invite link',
    who: 'user',
    takes: { body: codeBody },
    answers: joined,
    refuses: [...entering, 'too_many_tries'],
    run: ({ c, caller, body }) => guess(c, () => joinByCode(groups, caller.userId, body.code)),
  })

  add({
    method: 'post',
    path: '/api/groups/{id}/code',
    tag,
    summary: 'A new join code; the one before opens nothing any more',
    who: 'user',
    takes: { params },
    answers: z.object({ code: z.string() }),
    refuses: [...outside, 'forbidden'],
    run: ({ caller, params: { id: group } }) => regenerateCode(groups, caller, group),
  })

  add({
    method: 'get',
    path: '/api/groups/{id}/invites',
    tag,
    summary: 'Invite links that work; leader and managers',
    who: 'user',
    takes: { params },
    answers: groupInvites,
    refuses: [...outside, 'forbidden'],
    run: ({ caller, params: { id: group } }) => listInvites(groups, caller, group),
  })

  add({
    method: 'post',
    path: '/api/groups/{id}/invites',
    tag,
    summary: 'A new invite link; its code is told this once',
    who: 'user',
    takes: { params, body: createInviteBody },
    answers: newInvite,
    status: 201,
    refuses: [...outside, 'forbidden', 'conflict'],
    run: ({ caller, params: { id: group }, body }) => createInvite(groups, caller, group, body),
  })

  add({
    method: 'delete',
    path: '/api/groups/{id}/invites/{invite}',
    tag,
    summary: 'Revokes an invite link',
    who: 'user',
    takes: { params: z.object({ id, invite: id }) },
    answers: z.object({}),
    refuses: [...outside, 'forbidden'],
    run: ({ caller, params: { id: group, invite } }) => endInvite(groups, caller, group, invite),
  })

  add({
    method: 'post',
    path: '/api/groups/{id}/invitations',
    tag,
    summary: 'Invites a person by handle; leader and managers',
    who: 'user',
    takes: { params, body: inviteeBody },
    answers: z.object({}),
    refuses: [...outside, 'forbidden', 'already_member', 'rate'],
    async run({ caller, params: { id: group }, body }) {
      const wait = askings.take(caller.userId)
      return wait > 0 ? tooMany(wait) : invitePerson(groups, caller, group, body.handle)
    },
  })

  add({
    method: 'post',
    path: '/api/groups/{id}/invitations/accept',
    tag,
    summary: 'Accepts the own invitation',
    who: 'user',
    takes: { params },
    answers: joined,
    refuses: entering,
    run: ({ caller, params: { id: group } }) => acceptInvitation(groups, caller.userId, group),
  })

  add({
    method: 'delete',
    path: '/api/groups/{id}/invitations/mine',
    tag,
    summary: 'Declines the own invitation',
    who: 'user',
    takes: { params },
    answers: z.object({}),
    refuses: ['not_found'],
    run: ({ caller, params: { id: group } }) => declineInvitation(groups, caller.userId, group),
  })

  add({
    method: 'get',
    path: '/api/groups/{id}/requests',
    tag,
    summary: 'Waiting requests, oldest first; leader and managers',
    who: 'user',
    takes: { params },
    answers: groupRequests,
    refuses: [...outside, 'forbidden'],
    run: ({ caller, params: { id: group } }) => listRequests(groups, caller, group),
  })

  add({
    method: 'post',
    path: '/api/groups/{id}/requests',
    tag,
    summary: 'Asks to be let in, where a group takes requests',
    who: 'user',
    takes: { params, body: requestBody },
    answers: z.object({}),
    refuses: ['not_found', 'already_member', 'banned', 'too_many_tries'],
    async run({ caller, params: { id: group }, body }) {
      const wait = askings.take(caller.userId)
      return wait > 0 ? tooMany(wait) : askToJoin(groups, caller, group, body.text)
    },
  })

  add({
    method: 'post',
    path: '/api/groups/{id}/requests/{user}/accept',
    tag,
    summary: 'Lets in who asked; leader and managers',
    who: 'user',
    takes: { params: z.object({ id, user: id }) },
    answers: z.object({}),
    refuses: [...entering, 'forbidden'],
    run: ({ caller, params: { id: group, user } }) => acceptRequest(groups, caller, group, user),
  })

  add({
    method: 'delete',
    path: '/api/groups/{id}/requests/{user}',
    tag,
    summary: 'Refuses a request, or takes the own one back',
    who: 'user',
    takes: { params: z.object({ id, user: id }) },
    answers: z.object({}),
    refuses: [...outside, 'forbidden'],
    run: ({ caller, params: { id: group, user } }) =>
      user === caller.userId
        ? withdrawRequest(groups, caller.userId, group)
        : refuseRequest(groups, caller, group, user),
  })
}
