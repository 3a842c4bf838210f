import { familiesOf } from '#persistence/database/sessions/tokenFamilies.ts'
import type { Device } from '#schemas/api/sessions.ts'
import { type AccountsDb, millisecondsOf } from './accountTables.ts'
import { coarseAddress, deviceName } from './sessions/deviceName.ts'

/** The user's sessions that are not over, newest use first. Never a token, never a whole address. */
export async function devicesOf(db: AccountsDb, userId: string, current: string): Promise<Device[]> {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'createdAt', 'updatedAt', 'expiresAt', 'userAgent', 'ipAddress'])
    .where('userId', '=', userId)
    .orderBy('updatedAt', 'desc')
    .limit(200)
    .execute()
  const bearers = await familiesOf(db, userId)
  const now = Date.now()
  return rows
    .filter((row) => millisecondsOf(row.expiresAt) > now)
    .map((row) => ({
      id: row.id,
      current: row.id === current,
      kind: bearers.has(row.id) ? ('token' as const) : ('web' as const),
      userAgent: row.userAgent ?? '',
      ...deviceName(row.userAgent ?? ''),
      network: coarseAddress(row.ipAddress),
      createdAt: millisecondsOf(row.createdAt),
      usedAt: millisecondsOf(row.updatedAt),
    }))
    .sort((a, b) => b.usedAt - a.usedAt)
}

/** Every session of the user but one. */
export async function otherSessions(db: AccountsDb, userId: string, but: string | null): Promise<string[]> {
  const rows = await db.selectFrom('session').select('id').where('userId', '=', userId).execute()
  return rows.map((row) => row.id).filter((id) => id !== but)
}
