import { me, profileChange, sessionAnswer } from '#schemas/api/accounts.ts'
import { isRefusal } from '#schemas/refusals.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'

/** The caller himself (A4). */
export function meApi(add: AddEndpoint, { accounts }: ApiDeps): void {
  add({
    method: 'get',
    path: '/api/me',
    tag: 'me',
    summary: 'The own profile',
    who: 'user',
    takes: {},
    answers: me,
    run: ({ caller }) => accounts.me(caller.userId),
  })
  add({
    method: 'get',
    path: '/api/session',
    tag: 'me',
    summary: 'Who is signed in, if anybody; renews a session that is in use',
    who: 'anyone',
    takes: {},
    answers: sessionAnswer,
    async run({ c, caller }) {
      if (!caller) return { me: null }
      for (const cookie of await accounts.renew(c.req.header('cookie') ?? ''))
        c.header('set-cookie', cookie, { append: true })
      const found = await accounts.me(caller.userId)
      return isRefusal(found) ? found : { me: found }
    },
  })
  add({
    method: 'patch',
    path: '/api/me',
    tag: 'me',
    summary: 'Changes the profile; what is absent stays',
    who: 'user',
    takes: { body: profileChange },
    answers: me,
    refuses: ['taken'],
    run: ({ caller, body }) => accounts.changeMe(caller.userId, body),
  })
}
