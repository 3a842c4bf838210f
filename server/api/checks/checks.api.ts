import { z } from 'zod'
import { Tries } from '#persistence/tries/tries.ts'
import { checkAnswered, checkBody, openCheckAnswer } from '#schemas/api/checks.ts'
import { isRefusal, refuse } from '#schemas/refusals.ts'
import { id } from '#schemas/text.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'

/** Presence checks (T4) for whichever device is at hand; the one that sits in the room has its socket. */
export function checksApi(add: AddEndpoint, { places: { checks }, rateFactor }: ApiDeps): void {
  const answers = new Tries({ max: 60 * rateFactor, withinMs: 60_000 })

  add({
    method: 'get',
    path: '/api/me/check',
    tag: 'study',
    summary:
      'The presence check that waits for the caller, in the room where he sits; hints of it come as inbox messages',
    who: 'user',
    takes: {},
    answers: openCheckAnswer,
    async run({ caller }) {
      const check = await checks.of(caller.userId)
      return isRefusal(check) ? check : { check }
    },
  })

  add({
    method: 'post',
    path: '/api/rooms/{id}/check',
    tag: 'study',
    summary:
      'Answers the presence check that was shown to the caller at `asked`, from any device; a repeat is no fault',
    who: 'user',
    takes: { params: z.object({ id }), body: checkBody },
    answers: checkAnswered,
    refuses: ['not_present', 'nothing_to_do', 'rate', 'frozen', 'draining'],
    async run({ caller, params: { id: roomId }, body: { asked } }) {
      const wait = answers.take(caller.userId)
      return wait > 0 ? refuse('rate', { retryAfterMs: wait }) : checks.answer(caller.userId, roomId, asked)
    },
  })
}
