import { z } from 'zod'
import { levels, limits } from '../limits.ts'
import { microphoneTimes } from '../media/sources.ts'
import { focusChats } from '../stage/stage.ts'
import { id, line, prose } from '../text.ts'
import { mergeCatalogues } from './catalogue.ts'
import { chatMessages } from './chat.ts'
import { mediaMessages } from './media.ts'
import { presenceMessages } from './presence.ts'

const done = z.object({})
const minutes = (max: number) =>
  z
    .int()
    .min(60_000)
    .max(max * 60_000)
export const timerPlan = z.object({
  focusMs: minutes(180),
  breakMs: minutes(60),
  longBreakMs: minutes(120),
  rounds: z.int().min(1).max(12),
  autoRestart: z.boolean(),
})

export const placeMessages = {
  /** For the clock offset: the place's clock in milliseconds. */
  'clock.sync': { payload: z.object({}), reply: z.object({ now: z.number() }) },
  ...presenceMessages,
} as const

export const timerMessages = {
  'timer.start': { payload: z.object({ plan: timerPlan.optional() }), reply: done },
  'timer.pause': { payload: z.object({}), reply: done },
  'timer.resume': { payload: z.object({}), reply: done },
  /** Ends the phase that runs now; `index` is the phase the sender saw, so two clicks skip once. */
  'timer.skip': { payload: z.object({ index: z.int().min(0) }), reply: done },
  'timer.stop': { payload: z.object({}), reply: done },
  /** Changes the plan while no timer runs. */
  'timer.plan': { payload: z.object({ plan: timerPlan }), reply: done },
  /** Personal timer (T1): repeating it changes nothing. */
  'study.start': { payload: z.object({}), reply: done },
  'study.stop': { payload: z.object({}), reply: done },
} as const

export const memberMessages = {
  'member.setStatus': { payload: z.object({ status: z.enum(['here', 'away']) }), reply: done },
  'member.warn': {
    payload: z.object({ userId: id, reason: line(0, limits.reason).default('') }),
    reply: z.object({ warnings: z.int(), kicked: z.boolean() }),
  },
  'member.kick': { payload: z.object({ userId: id, reason: line(0, limits.reason).default('') }), reply: done },
  'member.ban': {
    payload: z.object({
      userId: id,
      reason: line(0, limits.reason).default(''),
      /** Milliseconds; absent: for good. */
      forMs: z
        .int()
        .min(60_000)
        .max(365 * 86_400_000)
        .optional(),
    }),
    reply: done,
  },
  /** Undoes a kick or a ban. */
  'member.letBack': { payload: z.object({ userId: id }), reply: done },
  'member.mute': { payload: z.object({ userId: id, on: z.boolean() }), reply: done },
  'member.setModerator': { payload: z.object({ userId: id, on: z.boolean() }), reply: done },
  /** For owner and moderators: who is out, who has warnings. */
  'member.records': {
    payload: z.object({}),
    reply: z.object({
      removed: z.array(
        z.object({
          userId: z.string(),
          name: z.string(),
          kind: z.enum(['kicked', 'banned']),
          until: z.int().nullable(),
          reason: z.string(),
        }),
      ),
      warnings: z.array(z.object({ userId: z.string(), name: z.string(), count: z.int() })),
    }),
  },
} as const

export const handMessages = {
  'hand.raise': { payload: z.object({ topic: line(0, limits.topic).default('') }), reply: done },
  /** One's own, or anybody's by a moderator. */
  'hand.lower': { payload: z.object({ userId: id.optional() }), reply: done },
} as const

export const screenMessages = {
  'screen.claim': { payload: z.object({}), reply: done },
  'screen.release': { payload: z.object({}), reply: done },
  'screen.request': { payload: z.object({ on: z.boolean().default(true) }), reply: done },
  'screen.handOver': { payload: z.object({ userId: id }), reply: done },
  'screen.takeOver': { payload: z.object({}), reply: done },
} as const

export const stagePolicy = z.object({
  chat: z.enum(focusChats),
  slowMs: z.int().min(limits.slowMs.min).max(limits.slowMs.max),
  quiet: z.boolean(),
})

const gapMs = z.int().min(limits.attestMs.min).max(limits.attestMs.max)
export const attestPolicy = z
  .object({ on: z.boolean(), minMs: gapMs, maxMs: gapMs })
  .refine(({ minMs, maxMs }) => minMs <= maxMs, 'minMs is above maxMs')

export type AttestPolicy = z.infer<typeof attestPolicy>

export const attestMessages = {
  /** "Still here": answers the presence check that was shown at `asked`; a repeat is no fault. */
  'attest.answer': { payload: z.object({ asked: z.int().min(1) }), reply: done },
} as const

export const mediaPolicy = z.object({
  microphones: z.enum(microphoneTimes),
  cameras: z.boolean(),
  screens: z.boolean(),
})

/** Null removes the password; absent leaves a fact as it is. */
export const roomChange = z.object({
  name: line(limits.roomName.min, limits.roomName.max).optional(),
  level: z.enum(levels).optional(),
  tags: z.array(line(1, limits.tags.length)).max(limits.tags.count).optional(),
  capacity: z.int().min(limits.capacity.min).max(limits.capacity.max).optional(),
  notice: prose(0, limits.notice).optional(),
  locked: z.boolean().optional(),
  password: line(limits.roomPassword.min, limits.roomPassword.max).nullable().optional(),
  /** What the phase does to the room (T3). */
  stage: stagePolicy.partial().optional(),
  /** What members may publish (V7). */
  media: mediaPolicy.partial().optional(),
  /** Presence checks (T4); the owner only. */
  attest: attestPolicy.optional(),
})
export type RoomChange = z.infer<typeof roomChange>

export const roomMessages = {
  'room.change': { payload: roomChange, reply: done },
  /** Makes another present member the owner (R5). */
  'room.delegate': { payload: z.object({ userId: id }), reply: done },
} as const

/** Every request a study room answers: the one list. */
export const studyMessages = mergeCatalogues(
  placeMessages,
  chatMessages,
  timerMessages,
  attestMessages,
  memberMessages,
  handMessages,
  screenMessages,
  mediaMessages,
  roomMessages,
)
export type StudyMessages = typeof studyMessages
