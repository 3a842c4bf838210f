/** An account session that lives by bearer tokens. Its row in `session` is the session; this is the state of its rotation. */
export interface TokenFamilyTable {
  session_id: string
  user_id: string
  /** Rises with each refresh: only the newest refresh token is good. */
  generation: number
  rotated_at: number
}
