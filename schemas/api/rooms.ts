import { z } from 'zod'
import { levels, limits, roomKinds } from '../limits.ts'
import { chatMessage } from '../messages/chat.ts'
import { roomCard, roomQuery } from '../messages/lobby.ts'
import { roomChange } from '../messages/study.ts'
import { line, prose } from '../text.ts'

export const createRoomBody = z.object({
  kind: z.enum(roomKinds).default('open'),
  name: line(limits.roomName.min, limits.roomName.max),
  level: z.enum(levels).default('free'),
  tags: z.array(line(1, limits.tags.length)).max(limits.tags.count).default([]),
  capacity: z.int().min(limits.capacity.min).max(limits.capacity.max).default(limits.capacity.usual),
  notice: prose(0, limits.notice).default(''),
  password: line(limits.roomPassword.min, limits.roomPassword.max).optional(),
})
export const changeRoomBody = roomChange

/** `roomQuery` as an address carries it. */
export const roomListQuery = roomQuery.extend({
  enterable: z
    .enum(['true', 'false'])
    .default('false')
    .transform((v) => v === 'true'),
  limit: z.coerce.number().int().min(1).max(50).default(24),
})
export const myRoomsQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(24),
})
/** Edit history of a message, oldest first (C3). */
export const pastTexts = z.object({ past: z.array(z.object({ text: z.string(), until: z.int() })) })

/** A room whether it is live or asleep. */
export const roomDetail = roomCard.extend({
  live: z.boolean(),
  owner: z.string(),
  /** Newest message number, and the caller's own marks: unread = head - readThrough (I4). */
  chatHead: z.int(),
  readThrough: z.int(),
  markedUnreadAt: z.int().nullable(),
})
export type RoomDetail = z.infer<typeof roomDetail>

export const enterBody = z.object({ password: z.string().max(128).optional(), device: z.string().max(64).default('') })
/** What the SDK's consumeSeatReservation takes. One use, 15 s; its session id is the ticket. */
export const seat = z.object({
  name: z.string(),
  sessionId: z.string(),
  roomId: z.string(),
  processId: z.string(),
  publicAddress: z.string().optional(),
})
export const entered = z.object({ seat, roomId: z.string() })
export type Entered = z.infer<typeof entered>

export const historyQuery = z.object({
  before: z.coerce.number().int().min(1).optional(),
  after: z.coerce.number().int().min(0).optional(),
  /** Jump to date: milliseconds. */
  at: z.coerce.number().int().min(0).max(8.64e15).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(limits.historyPage),
})
/** `complete: false`: the archive still lacks some of this page; ask again soon (§5.8). */
export const historyPage = z.object({
  messages: z.array(chatMessage),
  complete: z.boolean(),
  first: z.int(),
  head: z.int(),
})
export type HistoryPage = z.infer<typeof historyPage>

/** One's rooms that stay, and those one owns, with unread numbers; newest activity first. */
export const myRooms = z.object({
  rooms: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      level: z.enum(levels),
      owner: z.boolean(),
      chatHead: z.int(),
      readThrough: z.int(),
      unread: z.int(),
      lastMessageAt: z.int().nullable(),
      live: z.boolean(),
      members: z.int(),
    }),
  ),
  next: z.string().nullable(),
})
export type MyRooms = z.infer<typeof myRooms>
