import { z } from 'zod'
import { devices, endedDevices } from '#schemas/api/sessions.ts'
import { refuse } from '#schemas/refusals.ts'
import { id } from '#schemas/text.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'

const tag = 'sessions'

/** The caller's sessions, one row per device (A2). What is ended here is ended on HTTP and on sockets at once (I7). */
export function devicesApi(add: AddEndpoint, { accounts }: ApiDeps): void {
  add({
    method: 'get',
    path: '/api/accounts/devices',
    tag,
    summary: "The caller's sessions",
    who: 'user',
    takes: {},
    answers: devices,
    run: async ({ caller }) => ({ devices: await accounts.devices(caller.userId, caller.account) }),
  })

  add({
    method: 'delete',
    path: '/api/accounts/devices/{id}',
    tag,
    summary: "Ends one of the caller's sessions",
    who: 'user',
    takes: { params: z.object({ id }) },
    answers: z.object({}),
    refuses: ['not_found'],
    async run({ caller, params }) {
      const ended = await accounts.endSessions(caller.userId, [params.id])
      return ended.length > 0 ? {} : refuse('not_found')
    },
  })

  add({
    method: 'post',
    path: '/api/accounts/devices/end-others',
    tag,
    summary: "Ends all of the caller's sessions but this one",
    who: 'user',
    takes: {},
    answers: endedDevices,
    async run({ caller }) {
      const others = await accounts.otherSessions(caller.userId, caller.account)
      return { ended: (await accounts.endSessions(caller.userId, others)).length }
    },
  })
}
