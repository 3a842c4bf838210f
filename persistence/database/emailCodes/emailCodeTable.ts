/** What a code sent by e-mail is good for: each purpose has its own codes, none serves another. */
export const codePurposes = ['sign-up', 'reset'] as const
export type CodePurpose = (typeof codePurposes)[number]

/** The newest code of an address for a purpose. It stands here whether the address has an account or not. */
export interface EmailCodeTable {
  purpose: CodePurpose
  /** Normalised: NFC, lower case. */
  address: string
  /** Keyed hash; the code itself stands in the mail only. */
  code_hash: string
  tries_left: number
  expires_at: number
}

export interface EmailCodeTables {
  email_code: EmailCodeTable
}
