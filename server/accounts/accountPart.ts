import { removePasskeys } from '#persistence/database/passkeys/passkeys.ts'
import type { PersonalPart } from '#persistence/ports/personalData.ts'
import { type AccountsDb, millisecondsOf } from './accountTables.ts'
import { devicesOf, otherSessions } from './devices.ts'
import type { EndSessions } from './endSessions.ts'

/** The account itself: e-mail, ways to sign in, sessions. It is erased first, so that nobody comes in meanwhile. */
export const accountPart = (db: AccountsDb, endSessions: EndSessions): PersonalPart => ({
  name: 'account',
  async *export(user) {
    const row = await db.selectFrom('user').select(['email', 'createdAt']).where('id', '=', user).executeTakeFirst()
    const ways = await db.selectFrom('account').select('providerId').where('userId', '=', user).execute()
    const json = row && {
      email: row.email,
      createdAt: millisecondsOf(row.createdAt),
      signIn: ways.map((way) => way.providerId),
    }
    yield { name: 'account.json', json: json ?? null }
    yield { name: 'devices.json', json: await devicesOf(db, user, '') }
  },
  async erase(user) {
    // Whatever lets somebody in, before the sessions end: nobody comes back meanwhile.
    await removePasskeys(db, user)
    await db.deleteFrom('account').where('userId', '=', user).execute()
    await endSessions(user, await otherSessions(db, user, null))
    const row = await db.selectFrom('user').select('email').where('id', '=', user).executeTakeFirst()
    if (row) await db.deleteFrom('email_code').where('address', '=', row.email).execute()
    await db.deleteFrom('user').where('id', '=', user).execute()
  },
})
