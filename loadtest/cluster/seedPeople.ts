import { randomBytes, randomUUID } from 'node:crypto'
import { openMysqlDatabase } from '#persistence/database/mysqlDatabase.ts'
import { accountsOf } from '#server/accounts/accountTables.ts'
import { SESSION_MS, sessionCookie } from '#server/accounts/sessions/openSession.ts'
import { Person } from '../person.ts'

const ROWS = 500

/**
 * People with a session each, written to the database as a sign-up leaves them, but without a password: hashing thousands of those
 * would take longer than all that is measured. The nodes know them by the cookies, as they know everybody.
 */
export async function seedPeople(env: Readonly<Record<string, string>>, url: string, count: number): Promise<Person[]> {
  const db = accountsOf(openMysqlDatabase(env['MYSQL_URL'] ?? ''))
  const [at, expires] = [new Date(), new Date(Date.now() + SESSION_MS)]
  const all = Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    handle: `bench${n}`,
    token: randomBytes(24).toString('hex'),
  }))
  for (let i = 0; i < count; i += ROWS) {
    const some = all.slice(i, i + ROWS)
    const users = some.map(({ id, handle }) => ({
      ...{ id, name: handle, email: `${handle}@study.example`, emailVerified: true, createdAt: at, updatedAt: at },
    }))
    const profiles = some.map(({ id, handle }) => ({
      ...{
        user_id: id,
        name: handle,
        handle,
        handle_key: handle,
        time_zone: 'UTC',
        day_start_hour: 5,
        locale: 'en' as const,
      },
      ...{ created_at: at.getTime(), updated_at: at.getTime() },
    }))
    const sessions = some.map(({ id, token }) => ({
      ...{ id: randomUUID(), userId: id, token, expiresAt: expires, createdAt: at, updatedAt: at },
    }))
    await db.insertInto('user').values(users).execute()
    await db.insertInto('profile').values(profiles).execute()
    await db.insertInto('session').values(sessions).execute()
  }
  await db.destroy()
  const by = { secret: env['SECRET'] ?? '', secure: false }
  return all.map(({ id, token }) => Person.known(url, id, sessionCookie(token, by).split(';')[0] ?? ''))
}
