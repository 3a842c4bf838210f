/** A person's authenticator app. Until it is confirmed by a first code it is asked for nowhere. */
export interface SecondFactorTable {
  user_id: string
  /** Encrypted: who reads the database cannot make codes. */
  secret: string
  confirmed_at: number | null
  /** The newest 30-second step whose code was taken: each code is good once. */
  last_step: number
  /** Tries in the span that ends at `tries_until`. */
  tries: number
  tries_until: number
}

/** Codes for when the app is lost, each for one use. */
export interface RecoveryCodeTable {
  user_id: string
  hash: string
}
