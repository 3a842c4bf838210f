import { type Kysely, sql } from 'kysely'
import { openMongoArchive } from '../archive/mongoArchive.ts'
import { s3BlobStore } from '../blobs/s3BlobStore.ts'
import type { Database } from '../database/database.ts'
import { openMysqlDatabase } from '../database/mysqlDatabase.ts'
import { openMongoKeptPlaces } from '../keptPlaces/mongoKeptPlaces.ts'
import type { Archive } from '../ports/archive.ts'
import type { BlobStore } from '../ports/blobStore.ts'
import type { KeptPlaces } from '../ports/keptPlaces.ts'
import type { Opened } from '../process/openings.ts'
import { StartFault } from '../process/StartFault.ts'
import { answered } from '../reach/answered.ts'
import { onceMore } from '../reach/onceMore.ts'
import { reachCluster } from '../reach/reachCluster.ts'
import type { WorkerSettings } from './readWorkerSettings.ts'

export type WorkerStores = {
  readonly db: Kysely<Database>
  readonly archive: Archive
  readonly kept: KeptPlaces
  readonly blobs: BlobStore
}

/** All shared servers, reached; a StartFault tells in one list what cannot be. */
export async function openWorkerStores(
  { cluster, stores: { mysql, mongo, s3 } }: Pick<WorkerSettings, 'cluster' | 'stores'>,
  opened: Opened,
): Promise<WorkerStores> {
  if (mysql === null || mongo === null || s3 === null) throw new Error('a worker has all stores by its settings')
  const db = opened(openMysqlDatabase(mysql), (it) => it.destroy())
  const blobs = opened(s3BlobStore(s3), (it) => it.close())
  let archive: Archive | undefined
  let kept: KeptPlaces | undefined
  const faultOf = (setting: string, reached: Promise<unknown>) =>
    answered(
      setting,
      reached.then(
        () => null,
        (error: Error) => `  ${setting}: cannot be used (${error.name}): ${error.message}`,
      ),
    )
  const faults = await Promise.all([
    ...reachCluster(cluster),
    faultOf(
      'MYSQL_URL',
      onceMore(() => sql`select 1`.execute(db)),
    ),
    faultOf(
      'MONGO_URL',
      openMongoArchive(mongo).then(async (it) => {
        archive = opened(it, (each) => each.close())
        kept = opened(await openMongoKeptPlaces(mongo), (each) => each.close())
      }),
    ),
    faultOf(
      'S3_ENDPOINT',
      onceMore(() => blobs.head('reached/00000000000000000000')),
    ),
  ])
  const told = faults.filter((fault) => fault !== null)
  if (!archive || !kept || told.length > 0)
    throw new StartFault(`The worker cannot start without its servers:\n${told.join('\n')}`)
  return { db, archive, kept, blobs }
}
