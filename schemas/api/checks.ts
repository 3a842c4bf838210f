import { z } from 'zod'

/** The presence check that waits for the caller's answer in the room where one of his devices sits (T4). */
export const openCheck = z.object({
  roomId: z.string(),
  roomName: z.string(),
  /** Names the check: when it was shown, in the room's time. */
  asked: z.int(),
  /** Milliseconds left to answer it. */
  leftMs: z.int(),
})
export type OpenCheck = z.infer<typeof openCheck>

export const openCheckAnswer = z.object({ check: openCheck.nullable() })
export type OpenCheckAnswer = z.infer<typeof openCheckAnswer>

export const checkBody = z.strictObject({ asked: z.int().min(1) })
/** `answered` is false when the answer was passed on to another node: what became of it comes as an inbox message. */
export const checkAnswered = z.object({ answered: z.boolean() })
