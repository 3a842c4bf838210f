import { type CodeKey, keepCode } from '#persistence/database/emailCodes/emailCodes.ts'
import type { Locale } from '#schemas/limits.ts'
import type { Mail } from '#server/mail/Mailer.ts'
import type { Postman } from '#server/mail/postman.ts'
import { alreadyMemberMail, resetMail, signUpMail } from '#server/mail/templates/accountMails.ts'
import type { AccountsDb } from '../accountTables.ts'
import { CODE_MINUTES, CODE_TRIES, hashCode, makeCode } from './code.ts'

export type CodeDeps = {
  readonly db: AccountsDb
  readonly secret: string
  readonly postman: Postman
  readonly now: () => number
}

/**
 * Makes a code and mails it. Until it resolves, nothing differs between an address with an account and one without: the
 * same row is written for both, and only afterwards is looked up who gets which mail. An address with an account never
 * gets a sign-up code, one without never gets a code for a reset.
 */
export async function requestCode(deps: CodeDeps, key: CodeKey, locale: Locale): Promise<void> {
  const { db, secret, postman } = deps
  const code = makeCode()
  const now = deps.now()
  const kept = { hash: hashCode(secret, key, code), tries: CODE_TRIES, expiresAt: now + CODE_MINUTES * 60_000 }
  await keepCode(db, key, kept, now)
  postman.post(() => mailFor(db, key, locale, code))
}

async function mailFor(
  db: AccountsDb,
  { purpose, address }: CodeKey,
  asked: Locale,
  code: string,
): Promise<Mail | null> {
  const owner = await db
    .selectFrom('user as u')
    .innerJoin('profile as p', 'p.user_id', 'u.id')
    .select('p.locale')
    .where('u.email', '=', address)
    .executeTakeFirst()
  const mail = { to: address, locale: owner?.locale ?? asked }
  if (purpose === 'reset') return owner ? resetMail({ ...mail, code, minutes: CODE_MINUTES }) : null
  return owner ? alreadyMemberMail(mail) : signUpMail({ ...mail, code, minutes: CODE_MINUTES })
}
