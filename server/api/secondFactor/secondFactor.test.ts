import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TokenPair } from '#schemas/api/sessions.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { type Answer, codeOf, newPerson, PASSWORD, Person } from '#server/testing/person.ts'

let server: InProcess
beforeAll(async () => {
  server = await inProcess({ SECOND_FACTOR: '1' })
})
afterAll(() => server.stop())

type App = { code(stepsAhead?: number): string }
const base = '/api/me/second-factor'

/** Sets the app up; the next code it shows has not been used, and is good for two steps to come: none may pass unnoticed. */
async function setUp(person: Person): Promise<{ app: App; recovery: string[] }> {
  const begun = await person.post(`${base}/begin`, { password: PASSWORD })
  const { secret, uri } = begun.body as { secret: string; uri: string }
  expect(uri).toMatch(/^otpauth:\/\/totp\/StudyHub/)
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  const next = Date.now() + 30_000
  const app: App = { code: (ahead = 0) => totp.generate({ timestamp: next + ahead * 30_000 }) }
  const confirmed = await person.post(`${base}/confirm`, { code: app.code(-1) })
  expect(confirmed.status).toBe(200)
  return { app, recovery: (confirmed.body as { recoveryCodes: string[] }).recoveryCodes }
}
const signIn = (email: string, password = PASSWORD) =>
  new Person(server.url).post('/api/accounts/sign-in', { email, password })
const challengeOf = ({ body }: Answer) =>
  (body as { error: { details: { challenge: string } } }).error.details.challenge
const answer = (challenge: string, code: string, as = new Person(server.url)) =>
  as.post('/api/accounts/sign-in/second-factor', { challenge, code })

describe('second factor', () => {
  test('FACTOR-1: set up with the password and a first code; from then on a password alone opens nothing', async () => {
    const mina = await newPerson(server.url)
    expect(codeOf(await mina.post(`${base}/begin`, { password: 'Wrong-1!' }))).toBe('bad_credentials')
    await mina.post(`${base}/begin`, { password: PASSWORD })
    expect((await signIn(mina.me.email)).status).toBe(200)
    const { app, recovery } = await setUp(mina)
    expect(new Set(recovery).size).toBe(10)
    const first = await signIn(mina.me.email)
    expect([first.status, codeOf(first)]).toEqual([401, 'second_factor'])
    expect(first.headers.get('set-cookie')).toBeNull()
    const device = new Person(server.url)
    expect((await answer(challengeOf(first), app.code(), device)).status).toBe(200)
    expect((await device.get('/api/me')).body).toMatchObject({ id: mina.me.id })
    expect((await mina.get(base)).body).toEqual({ offered: true, on: true, recoveryCodesLeft: 10 })
    expect(codeOf(await mina.post(`${base}/begin`, { password: PASSWORD }))).toBe('conflict')
  })

  test('FACTOR-2: a code is good once, also at once from two sides; an old one never', async () => {
    const mina = await newPerson(server.url)
    const { app } = await setUp(mina)
    const challenge = challengeOf(await signIn(mina.me.email))
    const code = app.code()
    const both = await Promise.all([answer(challenge, code), answer(challenge, code)])
    expect(both.map((a) => a.status).sort()).toEqual([200, 401])
    expect((await answer(challenge, code)).status).toBe(401)
    expect((await answer(challenge, app.code(-1))).status).toBe(401)
    expect((await answer(challenge, app.code(-4))).status).toBe(401)
  })

  test('FACTOR-3: a recovery code works once; new ones make the old worthless', async () => {
    const mina = await newPerson(server.url)
    const { recovery } = await setUp(mina)
    const challenge = challengeOf(await signIn(mina.me.email))
    const [one = '', two = ''] = recovery
    expect((await answer(challenge, one.toLowerCase().replaceAll('-', ' '))).status).toBe(200)
    expect((await answer(challenge, one)).status).toBe(401)
    expect((await mina.get(base)).body).toMatchObject({ recoveryCodesLeft: 9 })
    expect((await mina.post(`${base}/recovery-codes`, { password: PASSWORD })).status).toBe(200)
    expect((await answer(challenge, two)).status).toBe(401)
  })

  test('FACTOR-4: after five wrong codes, also at once, even a right one waits', async () => {
    const mina = await newPerson(server.url)
    const { app } = await setUp(mina)
    const challenge = challengeOf(await signIn(mina.me.email))
    const guesses = await Promise.all(
      Array.from({ length: 8 }, (_, i) => answer(challenge, String(100_000 + i * 111_111))),
    )
    expect(guesses.filter((a) => codeOf(a) === 'bad_credentials').length).toBeLessThanOrEqual(5)
    expect(codeOf(await answer(challenge, app.code()))).toBe('too_many_tries')
  })

  test('FACTOR-5: a challenge that is forged or made for something else is nothing', async () => {
    const mina = await newPerson(server.url)
    const { app } = await setUp(mina)
    const right = challengeOf(await signIn(mina.me.email))
    const [user, until, version, mac] = right.split('.')
    const other = await newPerson(server.url)
    for (const wrong of [
      [other.me.id, until, version, mac],
      [user, Number(until) + 1, version, mac],
      [user, until, '', mac],
      [user, until, version, ''],
    ].map((fields) => fields.join('.')))
      expect(codeOf(await answer(wrong, app.code()))).toBe('bad_credentials')
    expect((await answer(right, app.code())).status).toBe(200)
  })

  test('FACTOR-6: bearer tokens want the code too', async () => {
    const mina = await newPerson(server.url)
    const { app } = await setUp(mina)
    const body = { email: mina.me.email, password: PASSWORD }
    expect(codeOf(await new Person(server.url).post('/api/accounts/tokens', body))).toBe('second_factor')
    const wrong = await new Person(server.url).post('/api/accounts/tokens', { ...body, code: '000000' })
    expect(codeOf(wrong)).toBe('bad_credentials')
    const right = await new Person(server.url).post('/api/accounts/tokens', { ...body, code: app.code() })
    expect((right.body as TokenPair).accessToken).toBeTruthy()
  })

  test('FACTOR-7: turning it off wants the password; then the password is enough again', async () => {
    const mina = await newPerson(server.url)
    await setUp(mina)
    expect(codeOf(await mina.post(`${base}/off`, { password: 'Wrong-1!' }))).toBe('bad_credentials')
    expect((await mina.post(`${base}/off`, { password: PASSWORD })).status).toBe(200)
    expect((await signIn(mina.me.email)).status).toBe(200)
    expect((await mina.get(base)).body).toEqual({ offered: true, on: false, recoveryCodesLeft: 0 })
  })
})
