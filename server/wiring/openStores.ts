import { join } from 'node:path'
import { Kysely } from 'kysely'
import { openMongoArchive } from '#persistence/archive/mongoArchive.ts'
import { openSqliteArchive } from '#persistence/archive/sqliteArchive.ts'
import { diskBlobStore } from '#persistence/blobs/diskBlobStore.ts'
import { s3BlobStore } from '#persistence/blobs/s3BlobStore.ts'
import type { Database } from '#persistence/database/database.ts'
import { migrate } from '#persistence/database/migrate.ts'
import { migrateMysql, openMysqlDatabase } from '#persistence/database/mysqlDatabase.ts'
import { sqliteMigrationLock } from '#persistence/database/sqliteMigrationLock.ts'
import type { Archive } from '#persistence/ports/archive.ts'
import type { BlobStore } from '#persistence/ports/blobStore.ts'
import type { Opened } from '#persistence/process/openings.ts'
import type { S3Store } from '#persistence/settings/storeSettings.ts'
import { sqliteDialect } from '#persistence/sqlite/sqliteDialect.ts'
import { openSqliteWorker } from '#persistence/sqlite/sqliteWorker.ts'
import { migrateAccounts } from '#server/accounts/accountMigrations.ts'

/** The database in its newest form: on MySQL by `url`, else in `dir`. */
export async function openDatabase(
  { dir, url }: { dir: string; url: string | null },
  opened: Opened,
  gone: (error: Error) => void,
): Promise<Kysely<Database>> {
  if (url !== null) {
    await migrateMysql(url, migrateAccounts)
    return opened(openMysqlDatabase(url), (it) => it.destroy())
  }
  const path = join(dir, 'studyhub.db')
  const file = opened(await openSqliteWorker({ path, onGone: gone }), (it) => it.close())
  const db = opened(new Kysely<Database>({ dialect: sqliteDialect(file) }), (it) => it.destroy())
  await migrate(db, { lock: sqliteMigrationLock(path), before: () => migrateAccounts(db) })
  return db
}

export async function openArchive(
  { dir, url }: { dir: string; url: string | null },
  opened: Opened,
  gone: (error: Error) => void,
): Promise<Archive> {
  const archive = url === null ? openSqliteArchive(join(dir, 'archive.db'), gone) : openMongoArchive(url)
  return opened(await archive, (it) => it.close())
}

/** With who answers the signed URLs where this process does. */
export function openBlobs(
  { dir, secret, s3 }: { dir: string; secret: string; s3: S3Store | null },
  opened: Opened,
): { blobs: BlobStore; serveBlob: ((request: Request) => Promise<Response>) | null } {
  if (s3) return { blobs: opened(s3BlobStore(s3), (it) => it.close()), serveBlob: null }
  const blobs = opened(diskBlobStore({ folder: join(dir, 'blobs'), secret }), (it) => it.close())
  return { blobs, serveBlob: (request) => blobs.handleBlobRequest(request) }
}
