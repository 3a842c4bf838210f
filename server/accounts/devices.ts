import type { Device } from '#schemas/api/accounts.ts'
import { type AccountsDb, millisecondsOf } from './accountTables.ts'

/** The user's sessions that are not over, newest use first. Never a token. */
export async function devicesOf(db: AccountsDb, userId: string, current: string): Promise<Device[]> {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'createdAt', 'updatedAt', 'expiresAt', 'userAgent'])
    .where('userId', '=', userId)
    .limit(200)
    .execute()
  const now = Date.now()
  return rows
    .filter((row) => millisecondsOf(row.expiresAt) > now)
    .map((row) => ({
      id: row.id,
      current: row.id === current,
      userAgent: row.userAgent ?? '',
      createdAt: millisecondsOf(row.createdAt),
      usedAt: millisecondsOf(row.updatedAt),
    }))
    .sort((a, b) => b.usedAt - a.usedAt)
}
