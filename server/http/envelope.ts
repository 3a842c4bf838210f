import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ErrorBody } from '#schemas/api/errors.ts'
import { type Refusal, type RefusalCode, refusals } from '#schemas/refusals.ts'
import type { ApiContext } from './apiEnv.ts'

/** For developers; screens translate the code. Codes that explain themselves have no sentence. */
const sentences: Partial<Record<RefusalCode, string>> = {
  invalid: 'the request is not valid; details name the fields',
  unauthenticated: 'sign in first',
  bad_credentials: 'e-mail or password is wrong',
  sign_in_again: 'this needs the password, or a session that was opened just now',
  second_factor: 'right so far; now a code of the second factor with the challenge of the details',
  foreign_origin: 'requests from pages of other origins are refused',
  not_found: 'no such resource',
  method_not_allowed: 'this resource does not have that method',
  too_large: 'the request body is too large',
  taken: 'already taken; details name the field',
  too_many_tries: 'too many tries; wait for retryAfterMs',
  fault: 'a fault of ours; it was logged under the request id',
  outdated: 'this client is too old; load the page again',
  draining: 'this node is stopping; try again',
}

export const errorBodyOf = ({ refused, details }: Refusal): ErrorBody => ({
  error: {
    code: refused,
    message: sentences[refused] ?? refused.replaceAll('_', ' '),
    ...(details ? { details: { ...details } } : {}),
  },
})

/** The one error answer of the API. */
export function refusedAnswer(c: ApiContext, refusal: Refusal): Response {
  const { retryAfterMs } = refusal.details ?? {}
  if (typeof retryAfterMs === 'number') c.header('retry-after', String(Math.ceil(retryAfterMs / 1000)))
  return c.json(errorBodyOf(refusal), refusals[refusal.refused] as ContentfulStatusCode)
}
