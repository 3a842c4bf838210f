import { z } from 'zod'
import { decodeCursor } from '#persistence/database/cursor.ts'
import { NOTHING_READ, readMarkOf } from '#persistence/database/readMarkers/readMarkers.ts'
import { myRooms as findMyRooms } from '#persistence/database/rooms/myRooms.ts'
import { Tries } from '#persistence/tries/tries.ts'
import { changeRoomBody, createRoomBody, myRooms, myRoomsQuery, roomDetail, roomListQuery } from '#schemas/api/rooms.ts'
import { roomPage } from '#schemas/messages/lobby.ts'
import { isRefusal, refuse } from '#schemas/refusals.ts'
import { id } from '#schemas/text.ts'
import { roomGate } from '#server/groups/roomGate.ts'
import type { AddEndpoint } from '#server/http/endpoint.ts'
import type { ApiDeps } from '../apiDeps.ts'
import { detailOf } from './roomDetail.ts'
import { settled, settledRoom } from './settledRoom.ts'

const tag = 'rooms'
const params = z.object({ id })

/** Rooms: made and changed through their actor, found in the directory (live) and the database (asleep). */
export function roomsApi(add: AddEndpoint, deps: ApiDeps): void {
  const { places, db, ledger, rateFactor } = deps
  const gateOf = roomGate(db, ledger)
  const creations = new Tries({ max: 30 * rateFactor, withinMs: 3_600_000 })

  add({
    method: 'post',
    path: '/api/rooms',
    tag,
    summary: 'Creates a study room; its maker owns it',
    who: 'user',
    takes: { body: createRoomBody },
    answers: z.object({ roomId: z.string() }),
    status: 201,
    refuses: ['rate', 'frozen', 'draining'],
    async run({ caller, body }) {
      const wait = creations.take(caller.userId)
      return wait > 0 ? refuse('rate', { retryAfterMs: wait }) : places.createStudy(caller, body)
    },
  })

  add({
    method: 'get',
    path: '/api/rooms',
    tag,
    summary: 'Live rooms by filter, search, sort and cursor',
    who: 'anyone',
    takes: { query: roomListQuery },
    answers: roomPage,
    run: async ({ query }) => places.list(query),
  })

  add({
    method: 'get',
    path: '/api/rooms/mine',
    tag,
    summary: 'Rooms one owns and rooms that stay, with unread numbers; newest activity first',
    who: 'user',
    takes: { query: myRoomsQuery },
    answers: myRooms,
    async run({ caller, query }) {
      const after = query.cursor === undefined ? null : decodeCursor(query.cursor)
      if (query.cursor !== undefined && after === null) return refuse('invalid', { in: 'query', fields: ['cursor'] })
      const page = await findMyRooms(db, caller.userId, { now: await ledger.now(), after, limit: query.limit })
      return {
        rooms: page.rooms.map((room) => {
          const card = places.card(room.id)
          const { name, level, chatHead, readThrough, unread, lastMessageAt } = room
          return {
            ...{ id: room.id, name: card?.name ?? name, level: card?.level ?? level },
            ...{ owner: room.owner === caller.userId, chatHead, readThrough, unread, lastMessageAt },
            ...{ live: card !== null, members: card?.members ?? 0 },
          }
        }),
        next: page.next,
      }
    },
  })

  add({
    method: 'get',
    path: '/api/rooms/{id}',
    tag,
    summary: 'One room, live or asleep',
    who: 'anyone',
    takes: { params },
    answers: roomDetail,
    refuses: ['not_found', 'gone', 'unavailable', 'kicked', 'banned'],
    async run({ caller, params: { id: roomId } }) {
      const gate = await gateOf(roomId, caller?.userId ?? '')
      if (isRefusal(gate)) return gate
      const room = await settledRoom(deps, roomId)
      if ('refused' in room) return room
      const mark = caller ? await readMarkOf(db, caller.userId, roomId) : NOTHING_READ
      return detailOf(room, places.card(roomId), mark)
    },
  })

  add({
    method: 'patch',
    path: '/api/rooms/{id}',
    tag,
    summary: 'Changes a room through its actor; owner (and where allowed, moderators)',
    who: 'user',
    takes: { params, body: changeRoomBody },
    answers: z.object({}),
    refuses: ['forbidden', 'kicked', 'banned', 'not_found', 'gone', 'below_present', 'frozen', 'draining'],
    async run({ caller, params: { id: roomId }, body }) {
      const gate = await gateOf(roomId, caller.userId)
      if (isRefusal(gate)) return gate
      return places.changeStudy(caller, roomId, body, gate)
    },
  })

  add({
    method: 'delete',
    path: '/api/rooms/{id}',
    tag,
    summary: 'Ends a room for good; its owner only',
    who: 'user',
    takes: { params },
    answers: z.object({}),
    refuses: ['forbidden', 'kicked', 'banned', 'not_found', 'gone', 'frozen', 'draining'],
    async run({ caller, params: { id: roomId } }) {
      const gate = await gateOf(roomId, caller.userId)
      if (isRefusal(gate)) return gate
      const ended = await places.endStudy(caller, roomId, gate)
      if (!isRefusal(ended)) await settled(deps.readModels)
      return ended
    },
  })
}
