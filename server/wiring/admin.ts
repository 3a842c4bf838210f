// npm run admin -- <handle> <role>: gives an account its role (A5). The only way to one: no request can. Works beside a
// running server on the same data folder or MySQL, and holds from the next request on. Without arguments: who has which.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { openMysqlDatabase } from '#persistence/database/mysqlDatabase.ts'
import { rolesGiven, setUserRole } from '#persistence/database/profile/userRole.ts'
import { StartFault } from '#persistence/process/StartFault.ts'
import { sqliteDialect } from '#persistence/sqlite/sqliteDialect.ts'
import { openSqliteWorker } from '#persistence/sqlite/sqliteWorker.ts'
import { handle as handleSchema } from '#schemas/api/accounts.ts'
import { userRoles } from '#schemas/limits.ts'
import { readSettings, type Settings } from '#server/config/readSettings.ts'

async function run([given, role]: readonly string[]): Promise<string> {
  const { db, close } = await openBeside(readSettings(process.env))
  try {
    if (given === undefined) {
      const lines = (await rolesGiven(db)).map((it) => `${it.role}\t@${it.handle}`)
      return lines.length > 0 ? lines.join('\n') : 'Everybody is a user. Give a role: npm run admin -- <handle> <role>'
    }
    const known = userRoles.find((it) => it === role)
    if (!known) throw new StartFault(`The role is one of: ${userRoles.join(', ')}.`)
    const handle = handleSchema.safeParse(given).data
    if (handle === undefined || !(await setUserRole(db, handle, known, Date.now())))
      throw new StartFault('Nobody has this handle.')
    return `@${handle} is ${known} now.`
  } finally {
    await close()
  }
}

/** The database as it is, which a running server may use meanwhile: nothing is made and nothing migrated. */
async function openBeside({ data, stores }: Settings): Promise<{ db: Kysely<Database>; close(): Promise<void> }> {
  if (stores.mysql !== null) {
    const db = openMysqlDatabase(stores.mysql)
    return { db, close: () => db.destroy() }
  }
  const path = join(data, 'studyhub.db')
  if (!existsSync(path)) throw new StartFault(`No database at ${path}. Start StudyHub once, and sign up there.`)
  const file = await openSqliteWorker({
    path,
    onGone(error) {
      throw error
    },
  })
  const db = new Kysely<Database>({ dialect: sqliteDialect(file) })
  return {
    db,
    async close() {
      await db.destroy()
      await file.close()
    },
  }
}

try {
  console.log(await run(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error)
  process.exitCode = 1
}
