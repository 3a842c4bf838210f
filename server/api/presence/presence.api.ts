import { presenceAnswer, presenceChoiceBody, presenceQuery } from '#schemas/api/presence.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'

/** Presence (A8). It also comes over the socket, to who watches. */
export function presenceApi(add: AddEndpoint, { places: { presence } }: ApiDeps): void {
  add({
    method: 'get',
    path: '/api/presence',
    tag: 'presence',
    summary: 'How friends and members of common groups are; others are left out',
    who: 'user',
    takes: { query: presenceQuery },
    answers: presenceAnswer,
    run: async ({ caller, query }) => ({ presences: await presence.look(caller.userId, query.users) }),
  })
  add({
    method: 'get',
    path: '/api/me/presence',
    tag: 'presence',
    summary: 'What the caller chose to be taken for',
    who: 'user',
    takes: {},
    answers: presenceChoiceBody,
    run: async ({ caller }) => ({ choice: await presence.choiceOf(caller.userId) }),
  })
  add({
    method: 'patch',
    path: '/api/me/presence',
    tag: 'presence',
    summary: 'Chooses to be online (idleness shows), away, not to be disturbed, or invisible',
    who: 'user',
    takes: { body: presenceChoiceBody },
    answers: presenceChoiceBody,
    async run({ caller, body }) {
      await presence.choose(caller.userId, body.choice)
      return { choice: body.choice }
    },
  })
}
