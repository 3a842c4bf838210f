import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'

/** A time as the accounts library stores it: text on SQLite, a Date from MySQL. */
export type StoredTime = string | number | Date
export const millisecondsOf = (time: StoredTime): number => new Date(time).getTime()

/** The columns of the accounts library's tables that we read ourselves. Names are its own. */
export interface AccountTables extends Database {
  user: { id: string; name: string; email: string; createdAt: StoredTime }
  account: { id: string; userId: string; providerId: string; accountId: string; password: string | null }
  session: {
    id: string
    userId: string
    token: string
    expiresAt: StoredTime
    createdAt: StoredTime
    updatedAt: StoredTime
    userAgent: string | null
    ipAddress: string | null
  }
}
export type AccountsDb = Kysely<AccountTables>
/** The library's tables stand beside ours in one database; who asks for either sees it by its own type. */
export const accountsOf = (db: Kysely<Database>): AccountsDb => db as unknown as AccountsDb
