/**
 * Why a socket was closed by us. Colyseus' own: 4000 consented, 4001 shutdown, 4002 error, 4003 failed reconnection,
 * 4010 may retry. Ours from 4011 on; one list, all other types derive from it.
 */
export const closeCodes = {
  /** A newer connection of the same user took the place (I1). Do not come back by yourself. */
  takenOver: 4011,
  /** Removed by a moderator; entering again is refused. */
  kicked: 4012,
  banned: 4013,
  /** The account session has ended (sign-out, password change). */
  signedOut: 4014,
  /** The actor lost its place to a newer epoch: enter again, at once. */
  stale: 4015,
  /** The place ended for good. */
  ended: 4016,
  /** Read too slowly: more than the byte cap was waiting. Enter again. */
  tooSlow: 4017,
  /** Far too many messages, after refusals were ignored. */
  flooding: 4018,
  /** This node drains: enter again, at once, through any node. */
  draining: 4019,
  /** The client speaks a version that is no longer understood: reload the page. */
  outdated: 4020,
  /** No longer a member of the group that the room belongs to (withdrawn, or the group is dissolved). */
  leftGroup: 4021,
} as const

export type CloseName = keyof typeof closeCodes
export type CloseCode = (typeof closeCodes)[CloseName]

/** After these the client core enters again by itself; after the others it tells the person why. */
export const reentryCodes: ReadonlySet<number> = new Set([
  closeCodes.stale,
  closeCodes.tooSlow,
  closeCodes.draining,
  1001,
  1005,
  1006,
  4001,
  4002,
  4003,
  4010,
])

/** Only these may wait for a reconnection by token: the rest are decisions of ours. */
export const reconnectableCodes: ReadonlySet<number> = new Set([1001, 1005, 1006, 4002, 4010])
