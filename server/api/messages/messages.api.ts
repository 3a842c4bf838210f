import { z } from 'zod'
import { historyPage, historyQuery, pastTexts } from '#schemas/api/rooms.ts'
import { conversationOf } from '#schemas/place.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import { id } from '#schemas/text.ts'
import { roomGate } from '#server/groups/roomGate.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'
import { readHistory } from './readHistory.ts'

/** A room's chat history: only for who is in the room now and is not removed from it (I7, deny wins). */
export function messagesApi(add: AddEndpoint, { places, ledger, archive, db }: ApiDeps): void {
  const gateOf = roomGate(db, ledger)

  async function denied(userId: string, roomId: string): Promise<Refusal | null> {
    if (await ledger.isRemoved(roomId, userId)) return refuse('forbidden')
    const gate = await gateOf(roomId, userId)
    if (isRefusal(gate)) return gate
    return (await places.isPresent(userId, roomId)) ? null : refuse('not_present')
  }

  add({
    method: 'get',
    path: '/api/rooms/{id}/messages',
    tag: 'messages',
    summary: 'A page of history by number: before, after, or from a time on; without any the newest',
    who: 'user',
    takes: { params: z.object({ id }), query: historyQuery },
    answers: historyPage,
    refuses: ['forbidden', 'kicked', 'banned', 'not_found', 'not_present'],
    run: async ({ caller, params, query }) =>
      (await denied(caller.userId, params.id)) ?? readHistory({ archive, ledger }, conversationOf(params.id), query),
  })

  add({
    method: 'get',
    path: '/api/rooms/{id}/messages/{number}/past',
    tag: 'messages',
    summary: 'Earlier wordings of a message, oldest first',
    who: 'user',
    takes: {
      params: z.object({ id, number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
    },
    answers: pastTexts,
    refuses: ['forbidden', 'kicked', 'banned', 'not_found', 'not_present'],
    async run({ caller, params }) {
      const no = await denied(caller.userId, params.id)
      if (no) return no
      const conversation = conversationOf(params.id)
      // A deletion counts from its commit: the archive may not have heard of it yet.
      const { messages } = await readHistory({ archive, ledger }, conversation, { after: params.number - 1, limit: 1 })
      if (messages.some(({ number, deleted }) => number === params.number && deleted)) return { past: [] }
      return { past: [...(await archive.past(conversation, params.number))] }
    },
  })
}
