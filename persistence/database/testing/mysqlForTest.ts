import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { sharedServer } from '../../../ops/servers/sharedServer.ts'
import { openMysqlDatabase } from '../mysqlDatabase.ts'

/** An empty database of its own on the run's MySQL server, or on the one of `server`. */
export async function mysqlForTest(server?: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const given = server ?? (await sharedServer('mysql'))['MYSQL_URL'] ?? ''
  const name = `studyhub_${randomBytes(6).toString('hex')}`
  const run = async (statement: string) => {
    const db = openMysqlDatabase(given)
    await sql.raw(statement).execute(db)
    await db.destroy()
  }
  await run(`create database ${name}`)
  const url = new URL(given)
  url.pathname = name
  return { url: url.href, drop: () => run(`drop database ${name}`) }
}
