import { refuse } from '#schemas/refusals.ts'

/** The refusal of one who tried too often, with the time after which it makes sense again. */
export const tooMany = (retryAfterMs: number) => refuse('too_many_tries', { retryAfterMs })
