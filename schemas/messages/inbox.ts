import { z } from 'zod'
import { groupRoles } from '../groups.ts'

/**
 * What is addressed to a user and comes on every socket he has (I1), as message `inbox`. Hints only (I13): a client whose
 * version is not one below the item's asks the API for what it missed.
 */
export const inboxItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('warned'), roomId: z.string(), roomName: z.string(), count: z.int(), reason: z.string() }),
  z.object({
    kind: z.literal('removed'),
    roomId: z.string(),
    roomName: z.string(),
    how: z.enum(['kicked', 'banned']),
    reason: z.string(),
  }),
  z.object({
    kind: z.literal('mentioned'),
    roomId: z.string(),
    roomName: z.string(),
    number: z.int(),
    by: z.string(),
    text: z.string(),
  }),
  z.object({ kind: z.literal('friendAsked'), by: z.string(), byName: z.string(), byHandle: z.string() }),
  z.object({ kind: z.literal('friendAccepted'), by: z.string(), byName: z.string(), byHandle: z.string() }),
  /** Its owner has ended a room one was in. */
  z.object({ kind: z.literal('roomEnded'), roomId: z.string(), roomName: z.string() }),
  z.object({ kind: z.literal('screenAsked'), roomId: z.string(), by: z.string(), byName: z.string() }),
  /** A presence check (T4) in the room where I sit: `open` when it is shown, and once more when it is over, however that came. */
  z.object({ kind: z.literal('check'), roomId: z.string(), roomName: z.string(), asked: z.int(), open: z.boolean() }),
  /** What happened to me, or what somebody asks of me, in a study group. */
  z.object({
    kind: z.literal('group'),
    what: z.enum(['invited', 'asked', 'accepted', 'refused', 'warned', 'kicked', 'banned', 'role', 'dissolved']),
    groupId: z.string(),
    groupName: z.string(),
    by: z.string(),
    reason: z.string(),
    role: z.enum(groupRoles).nullable(),
  }),
])
export type InboxItem = z.infer<typeof inboxItem>
export type GroupNews = Extract<InboxItem, { kind: 'group' }>

/** Whether an item is kept in the user's inbox: what is over in a moment is not. */
export const isKept = ({ kind }: InboxItem): boolean => kind !== 'screenAsked' && kind !== 'check'

/** `number`, `at`: those of the item that comes with it, if it is kept. */
export const inboxMessage = z.object({
  version: z.int(),
  items: z.array(inboxItem),
  number: z.int().optional(),
  at: z.int().optional(),
})
export type InboxMessage = z.infer<typeof inboxMessage>
