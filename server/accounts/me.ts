import { changeProfile, type ProfileChange } from '#persistence/database/profile/changeProfile.ts'
import { profileOf } from '#persistence/database/profile/profile.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import type { Me } from '#schemas/api/accounts.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { AccountsDb } from './accountTables.ts'

export async function meOf(db: AccountsDb, userId: string): Promise<Me | Refusal> {
  const row = await db
    .selectFrom('profile as p')
    .innerJoin('user as u', 'u.id', 'p.user_id')
    .selectAll('p')
    .select('u.email')
    .where('p.user_id', '=', userId)
    .executeTakeFirst()
  if (!row) return refuse('unauthenticated')
  const { userId: id, ...profile } = profileOf(row)
  return { id, email: row.email, ...profile, role: row.role ?? 'user' }
}

/** The change holds from the ledger's present on: the clock by which study is booked is the one that says where days end (I6). */
export async function changeMe(
  { db, ledger }: { readonly db: AccountsDb; readonly ledger: Pick<Ledger, 'now'> },
  userId: string,
  change: ProfileChange,
): Promise<Me | Refusal> {
  const outcome = await changeProfile(db, userId, change, await ledger.now())
  if (outcome === 'taken') return refuse('taken', { field: 'handle' })
  if (outcome === 'absent') return refuse('unauthenticated')
  return meOf(db, userId)
}
