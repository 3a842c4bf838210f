import { randomInt } from 'node:crypto'
import { createProfile } from '#persistence/database/profile/changeProfile.ts'
import { profileById } from '#persistence/database/profile/findProfiles.ts'
import { displayName } from '#schemas/api/accounts.ts'
import type { Locale } from '#schemas/limits.ts'
import type { AccountsDb } from '../accountTables.ts'

const TRIES = 20

/** A profile for who came by a provider and has none yet: the name he has there, and a free handle that he may change. */
export async function firstProfile(db: AccountsDb, userId: string, locale: Locale): Promise<void> {
  if (await profileById(db, userId)) return
  const user = await db.selectFrom('user').select('name').where('id', '=', userId).executeTakeFirst()
  const given = displayName.safeParse(user?.name ?? '')
  const name = given.success ? given.data : locale === 'ko' ? '학생' : 'Student'
  const stem = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{Nd}]/gu, '')
    .slice(0, 10)
  for (let i = 0; i < TRIES; i++) {
    const handle = `${stem || 'student'}${randomInt(1000, 1_000_000)}`
    const profile = { userId, name, handle, timeZone: 'Asia/Seoul', dayStartHour: 5, locale, createdAt: Date.now() }
    // Of two at once one wins, and its profile is as good.
    if ((await createProfile(db, profile)) || (await profileById(db, userId))) return
  }
  throw new Error('no free handle was found')
}
