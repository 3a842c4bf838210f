import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Database } from './database.ts'
import { migrations } from './migrations/migrations.ts'

/** Runs `work` while no other process migrates the same database. */
export type MigrationLock = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Brings the database to the newest form; any number of nodes may start at once. kysely locks MySQL by itself but takes
 * no lock on SQLite, hence `lock`. `before` runs inside the lock too (other libraries' tables). Rejects with the first
 * failed step's error; each step is one migration, because MySQL cannot roll back a half one.
 */
export async function migrate(
  db: Kysely<Database>,
  { lock = (work) => work(), before }: { lock?: MigrationLock; before?: () => Promise<void> } = {},
): Promise<readonly string[]> {
  return lock(async () => {
    await before?.()
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
    const { error, results = [] } = await migrator.migrateToLatest()
    if (error) {
      const failed = results.find((r) => r.status === 'Error')?.migrationName
      throw new Error(`the database could not be migrated${failed ? ` (step ${failed})` : ''}`, { cause: error })
    }
    return results.map((r) => r.migrationName)
  })
}

/** Steps that this release knows and the database has not seen; a newer database has none. Changes nothing. */
export async function pendingMigrations(db: Kysely<Database>): Promise<readonly string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
  const known = await migrator.getMigrations()
  return known.filter((step) => step.executedAt === undefined).map((step) => step.name)
}
