import { z } from 'zod'
import { groupMemberships } from '#persistence/database/groups/memberships.ts'
import { peopleOf } from '#persistence/database/people/peopleOf.ts'
import { boardGroups } from '#persistence/database/study/boardGroups.ts'
import { studyBoard, studyBoardQuery, studyBoards } from '#schemas/api/study.ts'
import { refuse } from '#schemas/refusals.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'
import { boardOf } from './boardOf.ts'

/** Leaderboards of friends and of a group (T5). */
export function studyBoardsApi(add: AddEndpoint, { db, ledger }: ApiDeps): void {
  const people = peopleOf(db)
  const groups = groupMemberships(db)
  add({
    method: 'get',
    path: '/api/study/boards',
    tag: 'study',
    summary: "The groups whose leaderboards the caller may see, beside his friends'",
    who: 'user',
    takes: {},
    answers: studyBoards,
    run: async ({ caller }) => ({ groups: await boardGroups(db, caller.userId) }),
  })
  add({
    method: 'get',
    path: '/api/study/boards/friends',
    tag: 'study',
    summary: 'How much the caller and his friends studied in a day, week or month',
    who: 'user',
    takes: { query: studyBoardQuery },
    answers: studyBoard,
    async run({ caller, query }) {
      const friends = await people.friendsOf(caller.userId)
      return boardOf(db, caller.userId, friends, query, await ledger.now())
    },
  })
  add({
    method: 'get',
    path: '/api/study/boards/groups/{group}',
    tag: 'study',
    summary: 'How much the members of a group studied in a day, week or month; members only',
    who: 'user',
    takes: { params: z.object({ group: z.string().min(1).max(64) }), query: studyBoardQuery },
    answers: studyBoard,
    refuses: ['not_found'],
    async run({ caller, params, query }) {
      const members = await groups.membersOf(params.group)
      // A stranger is not told whether there is such a group.
      if (!members.some(({ user }) => user === caller.userId)) return refuse('not_found')
      const blocked = await people.blockedWith(caller.userId)
      const seen = members.map(({ user }) => user).filter((user) => !blocked.has(user))
      return boardOf(db, caller.userId, seen, query, await ledger.now())
    },
  })
}
