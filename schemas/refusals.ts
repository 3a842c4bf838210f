/**
 * Every reason for which a command or a request is refused, with the HTTP status it gets there. A refusal is a value,
 * never an exception. Screens translate the code; `details` say what would be needed to put it right.
 */
export const refusals = {
  invalid: 400,
  unauthenticated: 401,
  bad_credentials: 401,
  bad_code: 403,
  forbidden: 403,
  banned: 403,
  kicked: 403,
  wrong_password: 403,
  password_required: 403,
  foreign_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  gone: 404,
  full: 409,
  locked: 409,
  taken: 409,
  conflict: 409,
  below_present: 409,
  already_member: 409,
  not_member: 409,
  too_many_groups: 409,
  must_choose: 409,
  taken_over: 409,
  muted: 403,
  held: 409,
  slow: 429,
  not_present: 409,
  is_owner: 409,
  is_self: 409,
  nothing_to_do: 409,
  too_old: 409,
  sign_in_again: 403,
  second_factor: 401,
  not_running: 409,
  already_running: 409,
  screen_taken: 409,
  /** The room allows no such source, or not now. */
  not_allowed: 403,
  /** This node has no media. */
  no_media: 503,
  stale_number: 409,
  too_large: 413,
  /** The client is older than what is still served: load the page again. */
  outdated: 426,
  not_an_image: 415,
  rate: 429,
  too_many_tries: 429,
  fault: 500,
  unknown: 404,
  frozen: 503,
  unavailable: 503,
  stale: 503,
  draining: 503,
} as const

export type RefusalCode = keyof typeof refusals
export type Refusal = { readonly refused: RefusalCode; readonly details?: Readonly<Record<string, unknown>> }

export const refuse = (refused: RefusalCode, details?: Record<string, unknown>): Refusal =>
  details ? { refused, details } : { refused }

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value
