import { z } from 'zod'
import { type Cursor, decodeCursor } from '#persistence/database/cursor.ts'
import { standingsOf } from '#persistence/database/people/changePair.ts'
import { peopleOf } from '#persistence/database/people/peopleOf.ts'
import * as lists from '#persistence/database/people/personLists.ts'
import { searchPeople } from '#persistence/database/people/searchPeople.ts'
import { profileByHandle, profilesByIds } from '#persistence/database/profile/findProfiles.ts'
import { Tries } from '#persistence/tries/tries.ts'
import * as api from '#schemas/api/people.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { Verified } from '#server/accounts/whoIs.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import { actOn } from '#server/people/actOn.ts'
import type { PeopleCommand } from '#server/people/people.rules.ts'
import { personCard } from '#server/people/personCard.ts'
import { personView, shownStanding } from '#server/people/personView.ts'
import { sharedStudyToday } from '#server/people/sharedStudyToday.ts'
import type { ApiDeps } from '../apiDeps.ts'

const tag = 'people'
const params = api.personParams

/** Cards, lists, search, and what people do with each other (A6, A7). Every route acts for its caller (I8). */
export function peopleApi(add: AddEndpoint, { db, ledger, places, rateFactor, log }: ApiDeps): void {
  const now = () => ledger.now()
  const untold = (error: unknown) => log.warn({ err: error }, 'somebody was not told')
  const requests = new Tries({ max: 60 * rateFactor, withinMs: 3_600_000 })
  const acts = new Tries({ max: 120 * rateFactor, withinMs: 60_000 })
  const lookups = new Tries({ max: 240 * rateFactor, withinMs: 60_000 })

  const act = async (caller: Verified, other: string, command: PeopleCommand): Promise<api.Relation | Refusal> => {
    const wait = acts.take(caller.userId)
    if (wait > 0) return refuse('rate', { retryAfterMs: wait })
    const standing = await actOn({ db, places, now, untold }, caller, other, command)
    return isRefusal(standing) ? standing : { standing: shownStanding(standing) }
  }

  /** A list of people as the caller sees them. */
  const paged = async (
    me: string,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
    read: (page: { after: Cursor | null; limit: number }) => Promise<lists.PersonPage>,
  ): Promise<api.PeoplePage | Refusal> => {
    const after = cursor === undefined ? null : decodeCursor(cursor)
    if (cursor !== undefined && after === null) return refuse('invalid', { in: 'query', fields: ['cursor'] })
    const [{ people, next }, at] = await Promise.all([read({ after, limit }), now()])
    const ids = people.map((profile) => profile.userId)
    const standing = await standingsOf(db, me, ids)
    return { people: people.map((profile) => personView(profile, standing(profile.userId), at)), next }
  }

  add({
    ...{ method: 'get', path: '/api/people', tag, who: 'user' },
    summary: 'People whose handle or name begins with a text',
    takes: { query: api.searchQuery },
    answers: api.peoplePage,
    refuses: ['rate'],
    async run({ caller: { userId }, query }) {
      const wait = lookups.take(userId)
      if (wait > 0) return refuse('rate', { retryAfterMs: wait })
      return paged(userId, query, (page) => searchPeople(db, userId, query.q, page))
    },
  })
  add({
    ...{ method: 'get', path: '/api/people/counts', tag, who: 'user' },
    summary: "How many are in each of the caller's lists",
    takes: {},
    answers: api.peopleCounts,
    run: ({ caller }) => lists.countsOf(db, caller.userId),
  })
  add({
    ...{ method: 'get', path: '/api/people/faces', tag, who: 'user' },
    summary: 'The images of some people; of none with whom there is a block',
    takes: { query: api.facesQuery },
    answers: api.faces,
    async run({ caller, query: { ids } }) {
      const [found, hidden] = await Promise.all([profilesByIds(db, ids), peopleOf(db).blockedWith(caller.userId)])
      const seen = [...found.values()].filter(({ userId }) => !hidden.has(userId))
      return { faces: seen.map(({ userId: id, image }) => ({ id, image })) }
    },
  })
  add({
    ...{ method: 'get', path: '/api/people/friends', tag, who: 'user' },
    summary: "The caller's friends, newest first",
    takes: { query: api.pageQuery },
    answers: api.peoplePage,
    run: ({ caller: { userId }, query }) => paged(userId, query, (page) => lists.friendsPage(db, userId, page)),
  })
  add({
    ...{ method: 'delete', path: '/api/people/friends/{id}', tag, who: 'user' },
    summary: 'Ends a friendship; the other is not told',
    takes: { params },
    answers: api.relation,
    refuses: ['not_found', 'is_self', 'rate'],
    run: ({ caller, params: { id } }) => act(caller, id, { do: 'unfriend' }),
  })
  add({
    ...{ method: 'get', path: '/api/people/requests', tag, who: 'user' },
    summary: 'Open requests: those that wait for the caller (in), or his own (out)',
    takes: { query: api.requestsQuery },
    answers: api.peoplePage,
    run: ({ caller: { userId }, query }) =>
      paged(userId, query, (page) => lists.requestsPage(db, userId, query.side, page)),
  })
  add({
    ...{ method: 'post', path: '/api/people/requests', tag, who: 'user' },
    summary: 'Asks the owner of a handle to be friends; accepts if he has asked the caller',
    takes: { body: api.askBody },
    answers: api.person,
    refuses: ['not_found', 'is_self', 'full', 'rate'],
    async run({ caller, body }) {
      const wait = requests.take(caller.userId)
      if (wait > 0) return refuse('rate', { retryAfterMs: wait })
      const profile = await profileByHandle(db, body.handle)
      if (!profile) return refuse('not_found')
      const { userId } = profile
      const standing = await actOn({ db, places, now, untold }, caller, userId, { do: 'ask' })
      return isRefusal(standing) ? standing : personView(profile, standing, await now())
    },
  })
  add({
    ...{ method: 'post', path: '/api/people/requests/{id}/accept', tag, who: 'user' },
    summary: "Accepts somebody's request to the caller",
    takes: { params },
    answers: api.relation,
    refuses: ['not_found', 'is_self', 'full', 'rate'],
    run: ({ caller, params: { id } }) => act(caller, id, { do: 'accept' }),
  })
  add({
    ...{ method: 'delete', path: '/api/people/requests/{id}', tag, who: 'user' },
    summary: "Refuses somebody's request, or withdraws the caller's own; the other is not told",
    takes: { params },
    answers: api.relation,
    refuses: ['not_found', 'is_self', 'rate'],
    run: ({ caller, params: { id } }) => act(caller, id, { do: 'dropRequest' }),
  })
  add({
    ...{ method: 'get', path: '/api/people/blocked', tag, who: 'user' },
    summary: 'Whom the caller has blocked, newest first',
    takes: { query: api.pageQuery },
    answers: api.peoplePage,
    run: ({ caller: { userId }, query }) => paged(userId, query, (page) => lists.blockedPage(db, userId, page)),
  })
  add({
    ...{ method: 'get', path: '/api/people/blocked/ids', tag, who: 'user' },
    summary: 'The ids of whom the caller has blocked: their messages are folded',
    takes: {},
    answers: api.blockedIds,
    run: async ({ caller }) => ({ ids: await lists.blockedBy(db, caller.userId) }),
  })
  for (const [method, on] of [
    ['post', true],
    ['delete', false],
  ] as const) {
    add({
      ...{ method, path: '/api/people/blocked/{id}', tag, who: 'user' },
      summary: on ? 'Blocks somebody, both ways; ends friendship, request and follows' : 'Takes a block back',
      takes: { params },
      answers: api.relation,
      refuses: ['not_found', 'is_self', 'rate'],
      run: ({ caller, params: { id } }) => act(caller, id, { do: 'block', on }),
    })
    add({
      ...{ method, path: '/api/people/following/{id}', tag, who: 'user' },
      summary: on ? 'Follows somebody' : 'Follows somebody no more',
      takes: { params },
      answers: api.relation,
      refuses: ['not_found', 'is_self', 'rate'],
      run: ({ caller, params: { id } }) => act(caller, id, { do: 'follow', on }),
    })
  }
  for (const [side, list] of [
    ['followers', lists.followersPage],
    ['following', lists.followingPage],
  ] as const)
    add({
      ...{ method: 'get', path: `/api/people/{id}/${side}`, tag, who: 'user' },
      summary: side === 'followers' ? 'Who follows a person, newest first' : 'Whom a person follows, newest first',
      takes: { params, query: api.pageQuery },
      answers: api.peoplePage,
      refuses: ['not_found'],
      async run({ caller: { userId }, params: { id }, query }) {
        const standing = (await standingsOf(db, userId, [id]))(id)
        if (standing.blocked || standing.blocksMe) return refuse('not_found')
        return paged(userId, query, (page) => list(db, userId, id, page))
      },
    })
  add({
    ...{ method: 'get', path: '/api/people/{id}', tag, who: 'user' },
    summary: "Somebody's card",
    takes: { params: z.object(params.shape) },
    answers: api.personCard,
    refuses: ['not_found', 'rate'],
    async run({ caller: { userId }, params: { id } }) {
      const wait = lookups.take(userId)
      if (wait > 0) return refuse('rate', { retryAfterMs: wait })
      return personCard({ db, now, studiedToday: (user) => sharedStudyToday(db, user, now) }, userId, id)
    },
  })
}
