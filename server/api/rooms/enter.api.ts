import { z } from 'zod'
import { Tries } from '#persistence/tries/tries.ts'
import type { Entrant } from '#rooms/places.ts'
import { enterBody, entered } from '#schemas/api/rooms.ts'
import { isRefusal, type RefusalCode, refuse } from '#schemas/refusals.ts'
import { id } from '#schemas/text.ts'
import { PROTOCOL_HEADER, protocolOf } from '#schemas/version.ts'
import type { Verified } from '#server/accounts/whoIs.ts'
import type { ApiContext } from '#server/http/apiEnv.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import { headerOf } from '#server/http/headers.ts'
import type { ApiDeps } from '../apiDeps.ts'

// biome-ignore format: one list
const mayRefuse: readonly RefusalCode[] = [
  'not_found', 'gone', 'full', 'locked', 'banned', 'kicked', 'password_required', 'wrong_password', 'too_many_tries',
  'rate', 'frozen', 'draining', 'outdated',
]

/** The way into a place (§5.5): who may, gets a seat: one use, 15 s, its unguessable id is the ticket. */
export function enterApi(add: AddEndpoint, { places, rateFactor }: ApiDeps): void {
  const entries = new Tries({ max: 120 * rateFactor, withinMs: 60_000 })

  add({
    method: 'post',
    path: '/api/rooms/{id}/enter',
    tag: 'rooms',
    summary: 'A seat in a study room',
    who: 'user',
    takes: { params: z.object({ id }), body: enterBody },
    answers: entered,
    refuses: mayRefuse,
    async run({ c, caller, params: { id: roomId }, body: { password, device } }) {
      const wait = entries.take(caller.userId)
      if (wait > 0) return refuse('rate', { retryAfterMs: wait })
      const got = await places.enterStudy(entrant(c, caller, device), roomId, password)
      return isRefusal(got) ? got : { seat: got.seat, roomId }
    },
  })

  add({
    method: 'post',
    path: '/api/lobby/enter',
    tag: 'lobby',
    summary: 'A seat in a shard of the lobby; any number of devices',
    who: 'user',
    takes: { body: enterBody.pick({ device: true }) },
    answers: entered,
    refuses: ['rate', 'draining', 'outdated'],
    async run({ c, caller, body: { device } }) {
      const wait = entries.take(caller.userId)
      if (wait > 0) return refuse('rate', { retryAfterMs: wait })
      const got = await places.enterLobby(entrant(c, caller, device))
      return isRefusal(got) ? got : { seat: got.seat, roomId: got.seat.roomId }
    },
  })
}

const entrant = (c: ApiContext, caller: Verified, device: string): Entrant => ({
  ...caller,
  device: device || caller.device,
  protocol: protocolOf(headerOf(c, PROTOCOL_HEADER)),
})
