import { type Refusal, type RefusalCode, refuse } from '#schemas/refusals.ts'

/** Carries a refusal through mediasoup-client's callbacks, which know errors only. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.refused)
    this.refusal = refusal
  }
}

/** Of whatever mediasoup-client rejected with; its own errors are about tracks and transports that ended meanwhile. */
export const refusalOf = (error: unknown): Refusal =>
  error instanceof Refused ? error.refusal : refuse('unavailable', { media: String(error) })

/** The SFU knows nothing of what this connection had: all of it has to be made anew. */
const forgotten: ReadonlySet<RefusalCode> = new Set(['not_found', 'no_media', 'not_present'])
export const isForgotten = (refusal: Refusal): boolean => forgotten.has(refusal.refused)
