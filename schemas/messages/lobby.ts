import { z } from 'zod'
import { levels, roomKinds, roomSorts } from '../limits.ts'
import { line } from '../text.ts'
import { mergeCatalogues } from './catalogue.ts'
import { placeMessages } from './study.ts'

/** A live room as lobby cards show it. */
export const roomCard = z.object({
  id: z.string(),
  kind: z.enum(roomKinds),
  name: z.string(),
  level: z.enum(levels),
  tags: z.array(z.string()),
  ownerName: z.string(),
  capacity: z.int(),
  /** Users who hold a seat. */
  members: z.int(),
  studying: z.int(),
  /** The first five members. */
  faces: z.array(z.object({ userId: z.string(), name: z.string(), image: z.string().optional() })),
  locked: z.boolean(),
  hasPassword: z.boolean(),
  notice: z.string(),
  createdAt: z.int(),
  /** The shared timer's run, null when none runs: the card computes phase and time left by itself. */
  timer: z
    .object({
      anchor: z.number(),
      pausedAt: z.number(),
      focusMs: z.number(),
      breakMs: z.number(),
      longBreakMs: z.number(),
      rounds: z.number(),
      autoRestart: z.boolean(),
    })
    .nullable(),
  /** The study group it belongs to: such a card is shown to members only. */
  group: z.string().optional(),
})
export type RoomCard = z.infer<typeof roomCard>

export const roomQuery = z.object({
  q: line(0, 60).default(''),
  level: z.enum(levels).optional(),
  sort: z.enum(roomSorts).default('newest'),
  /** Only rooms one could enter now: a free seat, no lock. */
  enterable: z.boolean().default(false),
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(50).default(24),
})
export type RoomQuery = z.infer<typeof roomQuery>

export const roomPage = z.object({ rooms: z.array(roomCard), next: z.string().nullable(), total: z.int() })
export type RoomPage = z.infer<typeof roomPage>

export const lobbyMessages = mergeCatalogues(placeMessages, {
  /** Sets what this viewer looks at and answers its first page; changes then come as `lobby.changed`, within 1 s. */
  'lobby.view': { payload: roomQuery, reply: roomPage },
  /** Looks at the live rooms of one's own groups; changes then come as `lobby.changed`. To be asked again after joining one. */
  'lobby.groups': { payload: z.object({}), reply: z.object({ rooms: z.array(roomCard) }) },
} as const)
export type LobbyMessages = typeof lobbyMessages

/** Pushed to a viewer: rooms of its page that changed or ended, and how many the filter now finds beyond the page shown. */
export const lobbyChanged = z.object({ changed: z.array(roomCard), ended: z.array(z.string()), total: z.int() })
export type LobbyChanged = z.infer<typeof lobbyChanged>
