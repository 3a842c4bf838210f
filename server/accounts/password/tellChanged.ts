import { passwordChangedMail } from '#server/mail/templates/accountMails.ts'
import type { PasswordDeps } from './passwordDeps.ts'

/** A mail to the account's owner, in his language: whoever did not do it himself has to know. */
export function tellChanged({ db, postman }: Pick<PasswordDeps, 'db' | 'postman'>, userId: string): void {
  postman.post(async () => {
    const owner = await db
      .selectFrom('user as u')
      .innerJoin('profile as p', 'p.user_id', 'u.id')
      .select(['u.email', 'p.locale'])
      .where('u.id', '=', userId)
      .executeTakeFirst()
    return owner ? passwordChangedMail({ to: owner.email, locale: owner.locale }) : null
  })
}
