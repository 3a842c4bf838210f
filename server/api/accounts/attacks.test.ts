import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { askCode, newPerson, PASSWORD, Person } from '#server/testing/person.ts'

let server: InProcess
beforeAll(async () => {
  server = await inProcess({ RATE_FACTOR: '1000', LOG_LEVEL: 'silent' })
})
afterAll(() => server.stop())

const anybody = () => new Person(server.url)

/** The lower quartile, which a busy machine moves least. Milliseconds. */
const usual = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 4)] ?? 0

/**
 * Compares how long two kinds of request usually take, turn by turn. A difference has to show three times to count: what
 * else runs on the machine does not favour the same one each time.
 */
async function differ(one: () => Promise<unknown>, other: () => Promise<unknown>, rounds: number): Promise<boolean> {
  const took = async (work: () => Promise<unknown>) => {
    const begun = performance.now()
    await work()
    return performance.now() - begun
  }
  await Promise.all([one(), other()])
  for (let attempt = 0; attempt < 3; attempt++) {
    const times: [number[], number[]] = [[], []]
    for (let i = 0; i < rounds; i++) {
      times[0].push(await took(one))
      times[1].push(await took(other))
    }
    const [a, b] = [usual(times[0]), usual(times[1])]
    if (Math.max(a, b) < 1.5 * Math.min(a, b) + 0.5) return false
  }
  return true
}

describe('user enumeration by time', () => {
  test('ACCT-17: the measure itself sees the time of one password hash', async () => {
    const mina = await newPerson(server.url)
    const hashed = () => anybody().post('/api/accounts/sign-in', { email: mina.me.email, password: 'Wrong0!!' })
    const refused = () => anybody().post('/api/accounts/sign-in', { email: 'none', password: 'Wrong0!!' })
    expect(await differ(hashed, refused, 12)).toBe(true)
  })

  test('ACCT-17: a sign-in fails in the same time with and without an account', async () => {
    const mina = await newPerson(server.url)
    const signIn = (email: string) => anybody().post('/api/accounts/sign-in', { email, password: 'Wrong0!!' })
    const known = () => signIn(mina.me.email)
    const unknown = () => signIn(`${randomUUID()}@study.example`)
    expect(await differ(known, unknown, 16)).toBe(false)
  })

  test.each(['sign-up', 'reset'])('ACCT-17: a code for %s is asked for in the same time', async (purpose) => {
    const mina = await newPerson(server.url)
    const ask = (email: string) => anybody().post('/api/accounts/codes', { email, purpose })
    const known = () => ask(mina.me.email)
    const unknown = () => ask(`${randomUUID()}@study.example`)
    expect(await differ(known, unknown, 30)).toBe(false)
  })

  test('ACCT-17: a wrong code is refused in the same time, for sign-up and for a reset', async () => {
    const mina = await newPerson(server.url)
    const { email } = mina.me
    const rest = { password: PASSWORD, name: 'Mina', handle: 'neverused', code: 'ABCDEF' }
    await anybody().post('/api/accounts/codes', { email, purpose: 'reset' })
    for (const path of ['sign-up', 'reset']) {
      const known = () => anybody().post(`/api/accounts/${path}`, { ...rest, email })
      const unknown = () => anybody().post(`/api/accounts/${path}`, { ...rest, email: 'no@study.example' })
      expect([path, await differ(known, unknown, 30)]).toEqual([path, false])
    }
  })
})

describe('sessions and roles', () => {
  test('ACCT-18: signing in never goes on with a session that was there before (fixation)', async () => {
    const [mina, thief] = [await newPerson(server.url), await newPerson(server.url, 'Thief')]
    const name = thief.cookie.split('=')[0]
    for (const planted of [thief.cookie, `${name}=chosen-by-the-thief`, `${name}=`]) {
      const browser = anybody()
      browser.cookie = planted
      const answer = await browser.post('/api/accounts/sign-in', { email: mina.me.email, password: PASSWORD })
      expect(answer.body).toMatchObject({ id: mina.me.id })
      expect(browser.cookie).not.toBe(planted)
      expect((await browser.get('/api/me')).body).toMatchObject({ id: mina.me.id })
      const later = anybody()
      later.cookie = planted
      expect((await later.get('/api/me')).body).not.toMatchObject({ id: mina.me.id })
    }
    const fresh = anybody()
    fresh.cookie = thief.cookie
    const body = { email: 'fixed@study.example', password: PASSWORD, name: 'Fixed', handle: 'fixed' }
    await fresh.post('/api/accounts/sign-up', { ...body, code: await askCode(anybody(), body.email) })
    expect(fresh.cookie).not.toBe(thief.cookie)
    expect((await thief.get('/api/me')).body).toMatchObject({ id: thief.me.id })
  })

  test('ACCT-19: no request gives a role: not at sign-up, not in the profile, under no name', async () => {
    const code = await askCode(anybody(), 'climber@study.example')
    const climber = anybody()
    const wishes = { role: 'admin', roles: ['admin'], admin: true, isAdmin: true, user: { role: 'admin' } }
    const body = { email: 'climber@study.example', password: PASSWORD, name: 'Climber', handle: 'climber', code }
    const made = await climber.post('/api/accounts/sign-up', { ...body, ...wishes })
    expect([made.status, made.body]).toMatchObject([201, { role: 'user' }])
    await climber.send('PATCH', '/api/me', { ...wishes, name: 'Still' })
    await climber.send('PATCH', '/api/me', '{"name":"Still","__proto__":{"role":"admin"}}')
    await climber.send('PATCH', '/api/me?role=admin', { name: 'Still' })
    expect((await climber.get('/api/me')).body).toMatchObject({ name: 'Still', role: 'user' })
  })
})
