import { me, profileChange } from '#schemas/api/accounts.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'

/** The caller himself (A4). */
export function meApi(add: AddEndpoint, { accounts }: ApiDeps): void {
  add({
    method: 'get',
    path: '/api/me',
    tag: 'me',
    summary: 'Who is signed in; renews a session that is in use',
    who: 'user',
    takes: {},
    answers: me,
    async run({ c, caller }) {
      for (const cookie of await accounts.renew(c.req.header('cookie') ?? ''))
        c.header('set-cookie', cookie, { append: true })
      return accounts.me(caller.userId)
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
