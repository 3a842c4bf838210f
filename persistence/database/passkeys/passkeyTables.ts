/** A passkey of a person. Its private half never leaves the person's device. */
export interface PasskeyTable {
  /** SHA-256 of the credential id in hex: of one length and one case, whatever the id is. */
  id: string
  user_id: string
  /** What the person calls it. */
  name: string
  /** Base64url, at most 1364 characters (1023 bytes). */
  credential_id: string
  /** COSE key, base64url. */
  public_key: string
  /** How often the device says it was used; 0 for devices that do not count. */
  counter: number
  /** JSON list of what the browser said of how to reach it. */
  transports: string
  /** 1: copied between devices by its provider, so the loss of one device does not lose it. */
  synced: number
  created_at: number
  used_at: number | null
}

/** A challenge that was answered, rightly or not: it is never good again. Rows are useless after `until`. */
export interface PasskeyChallengeTable {
  challenge: string
  until: number
}

export interface PasskeyTables {
  passkey: PasskeyTable
  passkey_challenge: PasskeyChallengeTable
}
