/** Whoever leads a group is one person; managers help him; all others are members (G1). */
export const groupRoles = ['leader', 'manager', 'member'] as const
export type GroupRole = (typeof groupRoles)[number]

/** Bounds of a study group that both sides must know. */
export const groupLimits = {
  name: { min: 2, max: 40 },
  description: 500,
  capacity: { min: 2, max: 500, usual: 30 },
  /** Study rooms of one group. */
  rooms: 20,
  /** Invite links that work at the same time. */
  invites: 50,
  /** Days a link may live, and how often it may be used. */
  inviteDays: 365,
  inviteUses: 1000,
  requestText: 200,
  warningsUntilKick: 3,
} as const
