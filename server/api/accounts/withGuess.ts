import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { tooMany } from '#server/http/tooMany.ts'
import type { CodeTries } from './codeTries.ts'

/** Does what takes a code, unless too many codes were guessed. Counted before the check: guesses in parallel count too. */
export async function withGuess<T>(
  tries: Pick<CodeTries, 'guessByEmail' | 'guessByAddress'>,
  { email, address }: { email: string; address: string },
  work: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const wait = (await tries.guessByAddress.take(address)) || (await tries.guessByEmail.take(email))
  if (wait > 0) return tooMany(wait)
  const answer = await work()
  if (isRefusal(answer) && answer.refused === 'bad_code') return answer
  await Promise.all([tries.guessByAddress.refund(address), tries.guessByEmail.refund(email)])
  return answer
}
