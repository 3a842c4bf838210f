import type { Locale } from '#schemas/limits.ts'
import type { Mail } from '#server/mail/Mailer.ts'
import { passwordChangedMail } from '#server/mail/templates/accountMails.ts'
import type { PasswordDeps } from './passwordDeps.ts'

type Letter = (to: { to: string; locale: Locale }) => Mail

/** A mail to the account's owner, in his language: whoever did not do it himself has to know. */
export function tellOwner({ db, postman }: Pick<PasswordDeps, 'db' | 'postman'>, userId: string, letter: Letter): void {
  postman.post(async () => {
    const owner = await db
      .selectFrom('user as u')
      .innerJoin('profile as p', 'p.user_id', 'u.id')
      .select(['u.email', 'p.locale'])
      .where('u.id', '=', userId)
      .executeTakeFirst()
    return owner ? letter({ to: owner.email, locale: owner.locale }) : null
  })
}

export const tellChanged = (deps: Pick<PasswordDeps, 'db' | 'postman'>, userId: string): void =>
  tellOwner(deps, userId, passwordChangedMail)
