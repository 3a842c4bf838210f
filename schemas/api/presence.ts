import { z } from 'zod'
import { presenceView } from '../messages/presence.ts'
import { PRESENCE_USERS, presenceChoices } from '../presence.ts'
import { id } from '../text.ts'

/** The caller's own choice. */
export const presenceChoiceBody = z.strictObject({ choice: z.enum(presenceChoices) })

export const presenceQuery = z.object({
  /** Ids, separated by commas. */
  users: z
    .string()
    .max(PRESENCE_USERS * 65)
    .transform((text) => text.split(','))
    .pipe(z.array(id).min(1).max(PRESENCE_USERS)),
})
/** Only of those whose presence the caller may see. */
export const presenceAnswer = z.object({ presences: z.array(presenceView) })
