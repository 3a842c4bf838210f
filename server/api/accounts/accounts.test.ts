import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Me } from '#schemas/api/accounts.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { askCode, codeOf, newPerson, PASSWORD, Person, signUp } from '#server/testing/person.ts'

let server: InProcess
beforeAll(async () => {
  server = await inProcess()
})
afterAll(() => server.stop())

const account = (handle: string, more: object = {}) => ({
  ...{ email: `${handle}@study.example`, password: PASSWORD, name: '민아', handle },
  ...more,
})

describe('sign-up', () => {
  test('ACCT-1: makes user and profile and signs in; e-mail and handle are normalised', async () => {
    const mina = new Person(server.url)
    const code = await askCode(mina, 'first@study.example')
    const made = await mina.post(
      '/api/accounts/sign-up',
      account('first', { email: ' First@Study.Example ', handle: '@First', code: ` ${code.toLowerCase()} ` }),
    )
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ email: 'first@study.example', handle: 'first', name: '민아', dayStartHour: 5 })
    expect(made.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/)
    expect((await mina.get('/api/me')).body).toEqual(made.body)
  })

  test('ACCT-2: a taken handle is refused by its field, leaves nothing, and the code stays good', async () => {
    await signUp(new Person(server.url), account('second'))
    const other = new Person(server.url)
    const email = 'new@study.example'
    const code = await askCode(other, email)
    const body = account('ＳＥＣＯＮＤ'.normalize('NFKC'), { email, code })
    const taken = await other.post('/api/accounts/sign-up', body)
    expect([taken.status, taken.body]).toMatchObject([409, { error: { code: 'taken', details: { field: 'handle' } } }])
    expect(other.cookie).toBe('')
    expect((await other.get('/api/accounts/available?handle=second')).body).toEqual({ available: false })
    expect((await other.get('/api/accounts/available?handle=fresh')).body).toEqual({ available: true })
    expect((await other.post('/api/accounts/sign-up', { ...body, handle: 'fresh' })).status).toBe(201)
  })

  test('ACCT-2: of eight at once with one handle, one wins and the others leave nothing', async () => {
    const racers = Array.from({ length: 8 }, (_, i) => `racer${i}@study.example`)
    const codes = await Promise.all(racers.map((email) => askCode(new Person(server.url), email)))
    const tries = racers.map((email, i) =>
      new Person(server.url).post('/api/accounts/sign-up', account('racer', { email, code: codes[i] })),
    )
    const statuses = (await Promise.all(tries)).map((answer) => answer.status)
    expect(statuses.filter((s) => s === 201)).toHaveLength(1)
    expect(statuses.filter((s) => s === 409)).toHaveLength(7)
    const file = new DatabaseSync(join(server.dataDir, 'studyhub.db'), { timeout: 5000 })
    const rows = file.prepare("select id from user where email like 'racer%'").all()
    file.close()
    expect(rows).toHaveLength(1)
  })

  test.each([
    ['no digit', { password: 'onlyletters!' }],
    ['no special', { password: 'letters123' }],
    ['short', { password: 'a1!' }],
    ['a zone that does not exist', { timeZone: 'Mars/Olympus' }],
    ['hidden characters in the name', { name: 'a\u202eb' }],
    ['a handle with spaces', { handle: 'a b' }],
    ['no address', { email: 'nobody' }],
    ['a code of five', { code: 'ABCDE' }],
  ])('ACCT-3: %s is refused, without repeating the value', async (_, wrong) => {
    const answer = await new Person(server.url).post(
      '/api/accounts/sign-up',
      account('wrong', { code: 'ABCDEF', ...wrong }),
    )
    expect([answer.status, codeOf(answer)]).toEqual([400, 'invalid'])
    expect(JSON.stringify(answer.body)).not.toContain(Object.values(wrong)[0])
  })
})

describe('sign-in and sign-out', () => {
  test('ACCT-4: unknown address and wrong password get the same answer, byte for byte', async () => {
    const mina = await newPerson(server.url)
    const other = new Person(server.url)
    const wrong = await other.post('/api/accounts/sign-in', { email: mina.me.email, password: 'Wrong0!!' })
    const unknown = await other.post('/api/accounts/sign-in', { email: 'nobody@study.example', password: 'Wrong0!!' })
    expect(wrong.status).toBe(401)
    expect(unknown.status).toBe(401)
    expect(unknown.body).toEqual(wrong.body)
    expect([...unknown.headers.keys()]).toEqual([...wrong.headers.keys()])
    const right = await other.post('/api/accounts/sign-in', { email: mina.me.email, password: PASSWORD })
    expect([right.status, (right.body as Me).id]).toEqual([200, mina.me.id])
  })

  test('ACCT-5: signing out revokes the session itself, not only the cookie', async () => {
    const mina = await newPerson(server.url)
    const kept = mina.cookie
    expect((await mina.post('/api/accounts/sign-out')).status).toBe(200)
    expect(mina.cookie).toBe('')
    mina.cookie = kept
    expect(codeOf(await mina.get('/api/me'))).toBe('unauthenticated')
  })

  test('ACCT-6: after ten failures for an address even the right password waits', async () => {
    const mina = await newPerson(server.url)
    const thief = new Person(server.url)
    const guess = (password: string) => thief.post('/api/accounts/sign-in', { email: mina.me.email, password })
    const guesses = await Promise.all(Array.from({ length: 12 }, (_, i) => guess(`Guess${i}!`)))
    expect(guesses.filter((answer) => answer.status === 401)).toHaveLength(10)
    const late = await guess(PASSWORD)
    expect([late.status, codeOf(late)]).toEqual([429, 'too_many_tries'])
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('ACCT-7: devices are listed without tokens; ending one refuses it at once; others’ are not found', async () => {
    const mina = await newPerson(server.url)
    const phone = new Person(server.url)
    await phone.post('/api/accounts/sign-in', { email: mina.me.email, password: PASSWORD })
    const { body } = await mina.get('/api/accounts/devices')
    const { devices } = body as { devices: { id: string; current: boolean }[] }
    expect(devices).toHaveLength(2)
    const token = decodeURIComponent(phone.cookie.split('=')[1] ?? '').split('.')[0] as string
    expect(JSON.stringify(body)).not.toContain(token)
    const other = devices.find((device) => !device.current)?.id
    const stranger = await newPerson(server.url)
    expect((await stranger.send('DELETE', `/api/accounts/devices/${other}`)).status).toBe(404)
    expect((await phone.get('/api/me')).status).toBe(200)
    expect((await mina.send('DELETE', `/api/accounts/devices/${other}`)).status).toBe(200)
    expect((await phone.get('/api/me')).status).toBe(401)
  })
})

describe('identity', () => {
  test('ACCT-8: forged, foreign, unsigned and "none" tokens are nobody', async () => {
    const mina = await newPerson(server.url)
    const [name, value = ''] = mina.cookie.split('=')
    const [token, signature = ''] = decodeURIComponent(value).split('.')
    const forged = [
      `${name}=${token}`,
      `${name}=${token}.`,
      `${name}=${encodeURIComponent(`${token}x.${signature}`)}`,
      `${name}=${encodeURIComponent(`${token}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`)}`,
      `${name}=none`,
      `${name}=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.`,
      `${name}=%E0%A4%A`,
    ]
    for (const cookie of forged) expect((await new Person(server.url).get('/api/me', { cookie })).status).toBe(401)
    const bearer = await new Person(server.url).get('/api/me', { authorization: `Bearer ${token}` })
    expect(bearer.status).toBe(401)
    expect((await mina.get('/api/me')).status).toBe(200)
  })
})

test('ACCT-8: a session that is over is nobody, though its row and signature are right', async () => {
  const mina = await newPerson(server.url)
  const file = new DatabaseSync(join(server.dataDir, 'studyhub.db'), { timeout: 5000 })
  const past = new Date(Date.now() - 1000).toISOString()
  file.prepare('update session set expiresAt = ? where userId = ?').run(past, mina.me.id)
  file.close()
  expect((await mina.get('/api/me')).status).toBe(401)
})

describe('profile', () => {
  test('ACCT-9: what is given changes, what is absent stays; a taken handle changes nothing', async () => {
    const [mina, jun] = [await newPerson(server.url), await newPerson(server.url, 'Jun')]
    const changed = await mina.send('PATCH', '/api/me', { timeZone: 'Europe/Berlin', dayStartHour: 0 })
    expect(changed.body).toEqual({ ...mina.me, timeZone: 'Europe/Berlin', dayStartHour: 0 })
    const taken = await mina.send('PATCH', '/api/me', { name: 'New', handle: jun.me.handle })
    expect([taken.status, codeOf(taken)]).toEqual([409, 'taken'])
    expect((await mina.get('/api/me')).body).toMatchObject({ name: 'Mina', handle: mina.me.handle })
    expect((await mina.send('PATCH', '/api/me', { timeZone: 'Nowhere/City' })).status).toBe(400)
    expect((await mina.send('PATCH', '/api/me', { id: jun.me.id, email: 'x@y.example' })).body).toMatchObject({
      ...{ id: mina.me.id, email: mina.me.email },
    })
  })

  test('ACCT-10: no password, token or cookie stands in the log', async () => {
    const mina = await newPerson(server.url)
    await mina.get(`/api/me?token=${encodeURIComponent(mina.cookie)}`)
    const logged = server.logged()
    expect(logged).toContain('/api/accounts/sign-up')
    for (const secret of [PASSWORD, mina.cookie.split('=')[1] as string, mina.me.email])
      expect(logged).not.toContain(secret)
  })
})
