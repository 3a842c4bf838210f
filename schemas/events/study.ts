import { z } from 'zod'
import { levels, roles, roomKinds } from '../limits.ts'
import { mediaKinds, microphoneTimes } from '../media/sources.ts'
import { focusChats } from '../stage/stage.ts'

const user = z.string()
const ms = z.int()
const messageNumber = z.int().min(1)
const plan = z.object({ focusMs: ms, breakMs: ms, longBreakMs: ms, rounds: z.int(), autoRestart: z.boolean() })
const run = plan.extend({ anchor: ms, pausedAt: ms })

/**
 * Everything that happens in a study room, past tense: the events its ledger keeps and the log delivers. Version 1 of each.
 * A new field must be optional; another meaning needs a new type or version (DESIGN §6).
 */
export const studyEvents = {
  'room.created': z.object({
    kind: z.enum(roomKinds),
    name: z.string(),
    level: z.enum(levels),
    tags: z.array(z.string()),
    capacity: z.int(),
    owner: user,
    ownerName: z.string(),
    notice: z.string(),
    passwordHash: z.string().nullable(),
    /** The study group that the room belongs to. */
    group: z.string().optional(),
  }),
  /** Only the changed facts. `passwordHash` null removes the password. */
  'room.changed': z.object({
    name: z.string().optional(),
    level: z.enum(levels).optional(),
    tags: z.array(z.string()).optional(),
    capacity: z.int().optional(),
    locked: z.boolean().optional(),
    passwordHash: z.string().nullable().optional(),
  }),
  'room.noticed': z.object({ text: z.string(), by: user, byName: z.string() }),
  /** Delegated by the owner, or succession when he left an open room (R6). */
  'room.ownerChanged': z.object({ owner: user, ownerName: z.string(), how: z.enum(['delegated', 'succession']) }),
  'room.ended': z.object({}),

  'member.joined': z.object({
    userId: user,
    name: z.string(),
    handle: z.string(),
    /** Reference of the image; absent without one. */
    image: z.string().optional(),
    session: z.string(),
    studiedMs: ms,
    dayEndsAt: ms,
    /** The member's own day (I6): readers without them take UTC and 5. */
    timeZone: z.string().optional(),
    dayStartHour: z.int().optional(),
    /** A newer connection of someone who had a seat already: seat, role and totals are kept. */
    again: z.boolean().optional(),
    /** A newcomer's read marker: what was said before his first entry is not unread to him. */
    readThrough: z.int().optional(),
  }),
  'member.left': z.object({
    userId: user,
    how: z.enum(['left', 'dropped', 'takenOver', 'kicked', 'banned', 'signedOut']),
  }),
  /** Name, handle or image of somebody present are others now; `image` '' is none. */
  'member.changed': z.object({ userId: user, name: z.string(), handle: z.string(), image: z.string() }),
  'member.statusSet': z.object({ userId: user, status: z.enum(['here', 'away']) }),
  'member.roleSet': z.object({ userId: user, role: z.enum(roles) }),
  'member.muted': z.object({ userId: user, on: z.boolean() }),
  /** All that this member may not publish from now on (V7). */
  'member.barred': z.object({ userId: user, kinds: z.array(z.enum(mediaKinds)), by: user }),
  'member.warned': z.object({ userId: user, name: z.string(), count: z.int(), reason: z.string(), by: user }),
  /** Kicked or banned: in the removed-set until `until` (null: for good). */
  'member.removed': z.object({
    userId: user,
    name: z.string(),
    kind: z.enum(['kicked', 'banned']),
    until: ms.nullable(),
    reason: z.string(),
    by: user,
  }),
  /** The account is gone: nothing names him from here on. His id stays on what he wrote. */
  'member.forgotten': z.object({ userId: user }),
  'member.letBack': z.object({ userId: user, by: user }),

  /** The personal timer was switched on or off (T1). Credit is told by the interval events alone. */
  'study.switched': z.object({ userId: user, on: z.boolean() }),
  'study.opened': z.object({ userId: user, intervalId: z.string(), from: ms }),
  /** Proof of presence up to `to`; the interval needs no closing to count (I6). */
  'study.extended': z.object({ userId: user, intervalId: z.string(), from: ms, to: ms }),
  'study.closed': z.object({ userId: user, intervalId: z.string(), from: ms, to: ms }),
  /** The member's own day turned: the running total starts anew, or with what that day had already (he moved his clock back). */
  'study.dayTurned': z.object({ userId: user, dayEndsAt: ms, studiedMs: ms.optional() }),
  /**
   * His zone or first hour is another. If that makes it another day, the day so far ends at `dayEndsAt`, which has passed, and
   * `nextMs` is what the day that begins then has already.
   */
  'study.dayMoved': z.object({
    userId: user,
    timeZone: z.string(),
    dayStartHour: z.int(),
    dayEndsAt: ms,
    nextMs: ms.optional(),
  }),

  /** The run after any change (start, pause, resume, skip, stop: anchor 0). */
  'timer.set': z.object({
    how: z.enum(['started', 'paused', 'resumed', 'skipped', 'stopped', 'planned', 'ended']),
    run,
    by: user.nullable(),
  }),

  /** What the phase does to the room, whole (T3). */
  'stage.set': z.object({ chat: z.enum(focusChats), slowMs: ms, quiet: z.boolean(), by: user }),

  /** What members may publish, whole (V7). */
  'media.set': z.object({ microphones: z.enum(microphoneTimes), cameras: z.boolean(), screens: z.boolean(), by: user }),

  /** Presence checks (T4). `seed` decides when members are asked: it never leaves the server. */
  'attest.set': z.object({ on: z.boolean(), minMs: ms, maxMs: ms, seed: z.string(), by: user }),
  'attest.asked': z.object({ userId: user }),
  /** `asked`: when the check was shown. */
  'attest.answered': z.object({ userId: user, asked: ms }),
  'attest.missed': z.object({ userId: user, asked: ms }),

  'hand.raised': z.object({ userId: user, name: z.string(), topic: z.string() }),
  'hand.lowered': z.object({ userId: user }),

  'screen.claimed': z.object({ userId: user, how: z.enum(['claimed', 'handedOver', 'takenOver']) }),
  'screen.released': z.object({ userId: user }),
  'screen.requested': z.object({ userId: user, on: z.boolean() }),

  'chat.sent': z.object({
    number: messageNumber,
    outbox: z.string(),
    n: z.int(),
    author: user,
    authorName: z.string(),
    text: z.string(),
    replyTo: messageNumber.nullable(),
    mentions: z.array(user),
  }),
  // Changes carry the whole message after the change, so that readers need no earlier event.
  'chat.edited': z.object({
    number: messageNumber,
    revision: z.int(),
    text: z.string(),
    before: z.string(),
    mentions: z.array(user),
  }),
  'chat.deleted': z.object({ number: messageNumber, revision: z.int(), by: user }),
  'chat.reacted': z.object({
    number: messageNumber,
    revision: z.int(),
    reactions: z.array(z.object({ emoji: z.string(), users: z.array(user) })),
  }),
  'chat.pinned': z.object({ number: messageNumber, revision: z.int(), on: z.boolean() }),
  'read.moved': z.object({ userId: user, number: z.int() }),
  /** null takes the mark away. */
  'read.markedUnread': z.object({ userId: user, number: messageNumber.nullable() }),
} as const

export type StudyEvents = typeof studyEvents
