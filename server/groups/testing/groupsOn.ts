import { Kysely, type SqliteDialect } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { inThreadSqliteDialect } from '#persistence/database/inThreadSqlite.ts'
import { migrate } from '#persistence/database/migrate.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import type { GroupsDeps } from '../groupsDeps.ts'

/** A commit as it may go: done, not done, undone because others held the locks, done with its answer lost, or never answered. */
export type Commit = 'done' | 'failed' | 'undone' | 'answerLost' | 'never'

/** A real database in a file whose commits go as `how` says at that moment. */
export async function databaseWhoseCommits(path: string, how: () => Commit): Promise<Kysely<Database>> {
  const dialect: SqliteDialect = inThreadSqliteDialect(path)
  const driver = dialect.createDriver()
  const commit = driver.commitTransaction.bind(driver)
  driver.commitTransaction = async (connection) => {
    const wanted = how()
    if (wanted === 'never') await new Promise(() => {})
    if (wanted === 'undone') throw Object.assign(new Error('deadlock'), { errno: 1213 })
    if (wanted !== 'failed') await commit(connection)
    if (wanted !== 'done') throw new Error(`commit: ${wanted}`)
  }
  const db = new Kysely<Database>({
    dialect: {
      createDriver: () => driver,
      createAdapter: () => dialect.createAdapter(),
      createIntrospector: (of) => dialect.createIntrospector(of),
      createQueryCompiler: () => dialect.createQueryCompiler(),
    },
  })
  await migrate(db)
  return db
}

/** The groups' service on real storage; what it asks of the live places is written down, in order. */
export function groupsOn(db: Kysely<Database>, ledger: Ledger) {
  const asked: { readonly what: 'expel' | 'seenAnew'; readonly users: readonly string[] }[] = []
  const none = () => Promise.reject(new Error('not needed here'))
  const places: GroupsDeps['places'] = {
    presence: {
      relationsChanged: async (users) => void asked.push({ what: 'seenAnew', users: users.toSorted() }),
    } as GroupsDeps['places']['presence'],
    tell: async () => {},
    card: () => null,
    expel: async (user) => void asked.push({ what: 'expel', users: [user] }),
    showStanding: async () => {},
    ...{ createGroupRoom: none, changeStudy: none, endStudy: none },
  }
  const deps: GroupsDeps = {
    ...{ db, ledger, places, maxGroups: 5 },
    // Groups only ever delete a picture here; no test of these keeps one.
    blobs: { delete: async () => {} } as unknown as GroupsDeps['blobs'],
    people: { isBlockedEitherWay: async () => false },
    log: { warn: () => {} },
  }
  return { deps, asked }
}
