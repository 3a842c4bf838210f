import { z } from 'zod'

/** Today's study of the caller, in his own zone and day (T5). Intervals are merged and clipped to the day. */
export const studyToday = z.object({
  /** The day's name in the user's calendar, yyyy-mm-dd of its start. */
  day: z.string(),
  dayStartsAt: z.int(),
  dayEndsAt: z.int(),
  totalMs: z.int(),
  intervals: z.array(z.object({ from: z.int(), to: z.int() })),
})
export type StudyToday = z.infer<typeof studyToday>
