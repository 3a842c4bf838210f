import { errors } from 'mediasoup'
import { type Refusal, refuse } from '#schemas/refusals.ts'

/**
 * One call of mediasoup. What it throws is a refusal: its worker is gone (`unavailable`), the thing is (`not_found`), or the
 * parameters are not usable (`invalid`, with mediasoup's own words).
 */
export async function attempt<T>(call: () => Promise<T>): Promise<{ readonly ok: T } | Refusal> {
  try {
    return { ok: await call() }
  } catch (error) {
    if (error instanceof errors.WorkerClosedError) return refuse('unavailable')
    if (error instanceof errors.NotFoundError) return refuse('not_found')
    return refuse('invalid', { why: error instanceof Error ? error.message.slice(0, 200) : String(error) })
  }
}
