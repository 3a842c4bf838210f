import { randomBytes, randomUUID } from 'node:crypto'
import { createConnection } from 'mysql2/promise'
import { SESSION_MS, sessionCookie } from '#server/accounts/sessions/openSession.ts'
import { Person } from '../person.ts'

const ROWS = 500

/**
 * People with a session each, written to the database as a sign-up leaves them, but without a password: hashing thousands of those
 * would take longer than all that is measured. The nodes know them by the cookies, as they know everybody.
 */
export async function seedPeople(env: Readonly<Record<string, string>>, url: string, count: number): Promise<Person[]> {
  const db = await createConnection({ uri: env['MYSQL_URL'] ?? '', timezone: 'Z' })
  const [at, expires] = [new Date(), new Date(Date.now() + SESSION_MS)]
  const all = Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    handle: `bench${n}`,
    token: randomBytes(24).toString('hex'),
  }))
  const insert = (sql: string, rows: readonly unknown[][]) => db.query(sql, [rows])
  for (let i = 0; i < count; i += ROWS) {
    const some = all.slice(i, i + ROWS)
    await insert(
      'insert into `user` (id, name, email, emailVerified, createdAt, updatedAt) values ?',
      some.map(({ id, handle }) => [id, handle, `${handle}@study.example`, 1, at, at]),
    )
    await insert(
      `insert into profile (user_id, name, handle, handle_key, time_zone, day_start_hour, locale, created_at, updated_at)
       values ?`,
      some.map(({ id, handle }) => [id, handle, handle, handle, 'UTC', 5, 'en', at.getTime(), at.getTime()]),
    )
    await insert(
      'insert into session (id, userId, token, expiresAt, createdAt, updatedAt) values ?',
      some.map(({ id, token }) => [randomUUID(), id, token, expires, at, at]),
    )
  }
  await db.end()
  const by = { secret: env['SECRET'] ?? '', secure: false }
  return all.map(({ id, token }) => Person.known(url, id, sessionCookie(token, by).split(';')[0] ?? ''))
}
