import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mailed, mailsTo } from '#client/testing/mailFolder.ts'
import type { CodeAnswer } from '#schemas/api/accounts.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { askCode, codeOf, newPerson, PASSWORD, Person } from '#server/testing/person.ts'
import { sit } from '#server/testing/sit.ts'

let server: InProcess
let folder: string
beforeAll(async () => {
  server = await inProcess()
  folder = `${server.dataDir}/mail`
})
afterAll(() => server.stop())

const anybody = () => new Person(server.url)
const NEW = 'Brand-new-1!'
const signUpBody = (handle: string, code: string) => ({
  ...{ email: `${handle}@study.example`, password: PASSWORD, name: '민아', handle, code },
})
const reset = (email: string, code: string, password = NEW) =>
  anybody().post('/api/accounts/reset', { email, code, password })
const signIn = async (email: string, password: string) => {
  const person = anybody()
  const { status } = await person.post('/api/accounts/sign-in', { email, password })
  return { status, person }
}
/** A code of the right form that is not this one. */
const other = (code: string, n = 1) => `${code.slice(0, 5)}${'ABCDEFGH'.replace(code.slice(5), '')[n]}`

describe('codes for sign-up', () => {
  test('ACCT-11: the answer tells no code; the mail has it, with an alphabet that cannot be misread', async () => {
    const asked = await anybody().post('/api/accounts/codes', { email: 'plain@study.example', purpose: 'sign-up' })
    expect(asked.body).toEqual({ expiresInMs: 1_800_000, againInMs: 60_000, mailFolder: folder })
    const [mail = ''] = await mailed(folder, 'plain@study.example')
    const code = /^[A-Z2-9]{6}$/m.exec(mail)?.[0] ?? ''
    expect(code).not.toMatch(/[01ILO]/)
    expect(JSON.stringify([asked.body, [...asked.headers]])).not.toContain(code)
    // The file is there before the line that tells of it.
    await expect.poll(() => server.logged(), { timeout: 20_000 }).toContain(folder)
    expect(server.logged()).not.toContain(code)
    expect(server.logged()).not.toContain('plain@study.example')
  })

  test('ACCT-11: a taken address gets the same answer and a mail without a code; no code makes a second account', async () => {
    const mina = await newPerson(server.url)
    const { email } = mina.me
    const asked = await anybody().post('/api/accounts/codes', { email, purpose: 'sign-up', locale: 'en' })
    const fresh = await anybody().post('/api/accounts/codes', { email: 'fresh1@study.example', purpose: 'sign-up' })
    expect([asked.status, asked.body]).toEqual([fresh.status, fresh.body])
    const keys = (headers: Headers) => [...headers.keys()].filter((key) => key !== 'date')
    expect(keys(asked.headers)).toEqual(keys(fresh.headers))
    const mail = (await mailed(folder, email, 2)).at(-1) ?? ''
    // In the owner's language, not in the one that was asked for.
    expect(mail).toContain('이미 계정이 있어요')
    expect(mail).not.toMatch(/^[A-Z2-9]{6}$/m)
    const wrong = await anybody().post('/api/accounts/sign-up', { ...signUpBody('squatter', 'ABCDEF'), email })
    const unknown = await anybody().post('/api/accounts/sign-up', signUpBody('squatter', 'ABCDEF'))
    expect([wrong.status, wrong.body]).toEqual([403, unknown.body])
  })

  test('ACCT-12: nothing of an account is there before the code: whoever asked first has no hold on the address', async () => {
    const thief = anybody()
    await thief.post('/api/accounts/codes', { email: 'victim@study.example', purpose: 'sign-up' })
    const body = { email: 'victim@study.example', password: 'Thief-pass-1!', name: 'T', handle: 'thief' }
    expect(codeOf(await thief.post('/api/accounts/sign-up', { ...body, code: 'AAAAAA' }))).toBe('bad_code')
    expect(codeOf(await thief.post('/api/accounts/sign-up', body))).toBe('invalid')
    expect((await signIn('victim@study.example', 'Thief-pass-1!')).status).toBe(401)
    const code = await askCode(anybody(), 'victim@study.example', 'sign-up', 2)
    expect((await anybody().post('/api/accounts/sign-up', signUpBody('victim', code))).status).toBe(201)
    expect((await signIn('victim@study.example', 'Thief-pass-1!')).status).toBe(401)
  })

  test('ACCT-13: five wrong codes, also at once, and the right one is none any more', async () => {
    const code = await askCode(anybody(), 'guessed@study.example')
    const guesses = Array.from({ length: 5 }, (_, i) =>
      anybody().post('/api/accounts/sign-up', signUpBody('guessed', other(code, i))),
    )
    expect((await Promise.all(guesses)).map(codeOf)).toEqual(Array(5).fill('bad_code'))
    expect(codeOf(await anybody().post('/api/accounts/sign-up', signUpBody('guessed', code)))).toBe('bad_code')
  })

  test('ACCT-13: of several who enter one code at once, one gets the account', async () => {
    const code = await askCode(anybody(), 'once@study.example')
    const tries = ['once1', 'once2', 'once3'].map((handle) =>
      anybody().post('/api/accounts/sign-up', { ...signUpBody(handle, code), email: 'once@study.example' }),
    )
    const answers = await Promise.all(tries)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter((answer) => codeOf(answer) === 'bad_code')).toHaveLength(2)
  })

  test('ACCT-13: a code serves its own address and purpose only', async () => {
    const mina = await newPerson(server.url)
    const code = await askCode(anybody(), 'own@study.example')
    expect(codeOf(await anybody().post('/api/accounts/sign-up', signUpBody('another', code)))).toBe('bad_code')
    expect(codeOf(await reset('own@study.example', code))).toBe('bad_code')
    const forReset = await askCode(anybody(), mina.me.email, 'reset', 2)
    const body = { ...signUpBody('second-of-mina'.replaceAll('-', ''), forReset), email: mina.me.email }
    expect(codeOf(await anybody().post('/api/accounts/sign-up', body))).toBe('bad_code')
  })

  test('ACCT-14: asking is limited per address, alike with and without an account', async () => {
    const mina = await newPerson(server.url)
    const ask = (email: string) => anybody().post('/api/accounts/codes', { email, purpose: 'reset' })
    for (const email of [mina.me.email, 'none@study.example']) {
      expect((await ask(email)).status).toBe(200)
      expect((await ask(email)).status).toBe(200)
      const third = await ask(email)
      expect([third.status, codeOf(third)]).toEqual([429, 'too_many_tries'])
      expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0)
    }
  })
})

describe('reset and change', () => {
  test('ACCT-15: a reset sets the password and ends all sessions: HTTP and sockets (I7); it opens none', async () => {
    const mina = await newPerson(server.url)
    const { body } = await mina.post('/api/rooms', { name: 'Room', kind: 'open', level: 'free', capacity: 10 })
    const room = await sit(mina, (body as { roomId: string }).roomId)
    const closed = new Promise<number>((resolve) => void room.onLeave(resolve))
    const phone = (await signIn(mina.me.email, PASSWORD)).person
    const code = await askCode(anybody(), mina.me.email, 'reset', 2)
    const done = await reset(mina.me.email, code)
    expect([done.status, done.body, done.headers.get('set-cookie')]).toEqual([200, {}, null])
    expect(await closed).toBe(closeCodes.signedOut)
    for (const device of [mina, phone]) expect((await device.get('/api/me')).status).toBe(401)
    expect((await signIn(mina.me.email, PASSWORD)).status).toBe(401)
    expect((await signIn(mina.me.email, NEW)).status).toBe(200)
    expect((await mailed(folder, mina.me.email, 3)).at(-1)).toContain('비밀번호가 바뀌었')
    expect(codeOf(await reset(mina.me.email, code, 'Second-use-1!'))).toBe('bad_code')
  })

  test('ACCT-15: the code cannot be skipped, and a wrong one changes nothing', async () => {
    const mina = await newPerson(server.url)
    const code = await askCode(anybody(), mina.me.email, 'reset', 2)
    const { email } = mina.me
    for (const part of [{}, { code: '' }, { code: null }, { code: ['A'] }, { code: '%%%%%%' }])
      expect((await anybody().post('/api/accounts/reset', { email, password: NEW, ...part })).status).toBe(400)
    expect(codeOf(await reset(email, other(code)))).toBe('bad_code')
    expect((await reset(email, code, 'tooweak')).status).toBe(400)
    expect((await mina.get('/api/me')).status).toBe(200)
    expect((await signIn(email, PASSWORD)).status).toBe(200)
  })

  test('ACCT-15: an address without an account gets the same answers, and no mail', async () => {
    const asked = await anybody().post('/api/accounts/codes', { email: 'ghost@study.example', purpose: 'reset' })
    expect([asked.status, Object.keys(asked.body as CodeAnswer)]).toEqual([
      200,
      ['expiresInMs', 'againInMs', 'mailFolder'],
    ])
    expect(codeOf(await reset('ghost@study.example', 'ABCDEF'))).toBe('bad_code')
    // A mail that was asked for later is there: so would be one to the ghost.
    await askCode(anybody(), 'later@study.example')
    expect(mailsTo(folder, 'ghost@study.example')).toEqual([])
  })

  test('ACCT-16: a changed password ends the other sessions and keeps this one; the current one must be right', async () => {
    const mina = await newPerson(server.url)
    const phone = (await signIn(mina.me.email, PASSWORD)).person
    const change = (current: string, password = NEW) => mina.post('/api/accounts/password', { current, password })
    expect(codeOf(await change('Wrong-one-1!'))).toBe('wrong_password')
    expect((await phone.get('/api/me')).status).toBe(200)
    expect((await change(PASSWORD, 'weak')).status).toBe(400)
    expect((await change(PASSWORD)).status).toBe(200)
    expect((await phone.get('/api/me')).status).toBe(401)
    expect((await mina.get('/api/me')).status).toBe(200)
    expect((await signIn(mina.me.email, NEW)).status).toBe(200)
  })

  test('ACCT-16: guesses of the current password by an open session are counted', async () => {
    const mina = await newPerson(server.url)
    const guess = (current: string) => mina.post('/api/accounts/password', { current, password: NEW })
    const answers = await Promise.all(Array.from({ length: 11 }, (_, i) => guess(`Wrong-${i}-!`)))
    expect(answers.filter((answer) => codeOf(answer) === 'wrong_password')).toHaveLength(10)
    expect(codeOf(await guess(PASSWORD))).toBe('too_many_tries')
    expect((await signIn(mina.me.email, PASSWORD)).status).toBe(200)
  })
})
