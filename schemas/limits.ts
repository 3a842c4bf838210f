/** The numbers that both sides must know. Times in milliseconds unless the name says otherwise. */
export const limits = {
  text: 4000,
  chatWindow: 100,
  /** Messages of one outbox whose number a repeat is told (§5.3): a client leaves no more than these unanswered. */
  outboxUnanswered: 32,
  historyPage: 50,
  reactionsPerMessage: 20,
  usersPerReaction: 100,
  mentionsPerMessage: 20,
  /** Of the text, in what a mentioned user is told. */
  mentionExcerpt: 200,
  pins: 50,
  roomName: { min: 2, max: 40 },
  notice: 300,
  tags: { count: 5, length: 20 },
  capacity: { min: 2, max: 100, usual: 10 },
  roomPassword: { min: 4, max: 64 },
  reason: 200,
  bio: 190,
  profileUrl: 200,
  statusText: 60,
  /** Of one person. */
  friends: 1000,
  /** Requests of one person that wait for an answer. */
  openRequests: 100,
  imageBytes: 5 * 1024 * 1024,
  topic: 80,
  handQueue: 100,
  warningsUntilKick: 3,
  payloadBytes: 64 * 1024,
  /** A study interval is moved forward at least this often (I6). */
  studyExtendMs: 20_000,
  /** An interval that was not moved forward for so long is not: the process stood still, and nobody knows who was there. */
  studyProofMs: 30_000,
  /** Members of a restored place keep their seat this long (§5.6). */
  returningMs: 30_000,
  /** A client that dropped keeps its seat this long. */
  reconnectSeconds: 20,
  /** An open room without members ends after this. */
  emptyRoomGraceMs: 60_000,
  seatMs: 15_000,
  typingMs: 5_000,
  /** Slow chat during focus: one message per member in this time (T3). */
  slowMs: { min: 5_000, max: 600_000, usual: 30_000 },
  /** Counted time between two presence checks of a member (T4). */
  attestMs: { min: 60_000, max: 7_200_000, usual: { min: 600_000, max: 1_800_000 } },
  /** A presence check waits so long for its answer. */
  checkMs: 60_000,
  /** In a room's media at once, unless the node says otherwise (V1). */
  mediaPlaces: 25,
  /** Named in one request. */
  mediaConsumersAtOnce: 64,
} as const

export const levels = ['elementary', 'middle', 'high', 'university', 'business', 'free'] as const
export type Level = (typeof levels)[number]

/** `open` rooms end when the last one is gone (R6); rooms that stay sleep and are found as they were (R12). */
export const roomKinds = ['open', 'staying'] as const
export type RoomKind = (typeof roomKinds)[number]

export const roomSorts = ['busiest', 'newest', 'free'] as const

export const roles = ['owner', 'moderator', 'member'] as const
export type Role = (typeof roles)[number]

/** What an account may do beyond its own things (A5). Given by the command only, never over HTTP. */
export const userRoles = ['user', 'manager', 'admin'] as const
export type UserRole = (typeof userRoles)[number]

export const locales = ['ko', 'en'] as const
export type Locale = (typeof locales)[number]
