import { z } from 'zod'
import { PRESENCE_USERS, presenceStates } from '../presence.ts'
import { id } from '../text.ts'

/** A room is named only to those who may know of it; who sits in another one is online, nothing more. */
export const presencePlace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lobby') }),
  z.object({ kind: z.literal('room'), roomId: z.string(), name: z.string() }),
])
export type PresencePlace = z.infer<typeof presencePlace>

export const presenceView = z.object({
  userId: z.string(),
  state: z.enum(presenceStates),
  place: presencePlace.nullable(),
  /** Rounded down to five minutes; null while he is there, and if he was never seen. */
  lastSeenAt: z.int().nullable(),
})
export type PresenceView = z.infer<typeof presenceView>

export const presenceMessages = {
  /** Whether this device has had no input for a while, or is out of sight. */
  'presence.report': { payload: z.object({ idle: z.boolean() }), reply: z.object({}) },
  /**
   * Sets whom this connection looks at and answers those of them whose presence the user may see; changes then come as
   * `presence.changed`, within 1 s. An empty list stops that.
   */
  'presence.watch': {
    payload: z.object({ users: z.array(id).max(PRESENCE_USERS) }),
    reply: z.object({ presences: z.array(presenceView) }),
  },
} as const

/** Pushed to who watches. `hidden`: their presence may not be seen any more. */
export const presenceChanged = z.object({ presences: z.array(presenceView), hidden: z.array(z.string()) })
export type PresenceChanged = z.infer<typeof presenceChanged>
