import { z } from 'zod'
import { type RefusalCode, refusals } from '#schemas/refusals.ts'

/** A message on its way, as it is kept over a reload. */
export const unsentSchema = z.object({
  /** Identity for lists: stays from writing to stored. */
  key: z.string(),
  n: z.int().min(1),
  text: z.string(),
  replyTo: z.int().nullable(),
  mentions: z.array(z.string()),
  /** Wall clock at writing, or at the last word of the user on it. */
  at: z.number(),
  /** Newest number of the conversation at writing: its own will be higher. */
  after: z.int(),
  /** It has gone out under this n, so the room may have it although no answer came. */
  tried: z.boolean(),
  /** Its number once the room has answered; the message is kept until the log has confirmed it. */
  number: z.int().nullable(),
  sentAt: z.number().nullable(),
  refused: z.enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]]).nullable(),
})
export type Unsent = z.infer<typeof unsentSchema>

/** One outbox as it stands in the storage that a browser's tabs share. */
export const keptOutboxSchema = z.object({
  id: z.string(),
  /** Highest n given. */
  n: z.int().min(0),
  items: z.array(unsentSchema),
  /** The tab that sends from it, '' if none; its right lapses unless `beat` (wall clock) is renewed. */
  owner: z.string(),
  beat: z.number(),
})
export type KeptOutbox = z.infer<typeof keptOutboxSchema>
