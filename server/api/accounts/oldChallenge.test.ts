import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { type Answer, askCode, codeOf, newPerson, PASSWORD, Person } from '#server/testing/person.ts'

const NEW = 'an0ther horse!'
let server: InProcess
beforeAll(async () => {
  server = await inProcess({ SECOND_FACTOR: '1' })
})
afterAll(() => server.stop())

async function reset(email: string): Promise<Answer> {
  const owner = new Person(server.url)
  return owner.post('/api/accounts/reset', { email, password: NEW, code: await askCode(owner, email, 'reset', 2) })
}
const signIn = (email: string, password = PASSWORD) =>
  new Person(server.url).post('/api/accounts/sign-in', { email, password })

test('ACCT-20: a challenge that the old password gave is worth nothing after the reset', async () => {
  const mina = await newPerson(server.url)
  const begun = await mina.post('/api/me/second-factor/begin', { password: PASSWORD })
  const totp = new TOTP({ secret: Secret.fromBase32((begun.body as { secret: string }).secret) })
  const at = (steps: number) => totp.generate({ timestamp: Date.now() + steps * 30_000 })
  await mina.post('/api/me/second-factor/confirm', { code: at(-1) })
  const challengeOf = ({ body }: Answer) =>
    (body as { error: { details: { challenge: string } } }).error.details.challenge
  const old = challengeOf(await signIn(mina.me.email))
  expect((await reset(mina.me.email)).status).toBe(200)
  const answer = (challenge: string) =>
    new Person(server.url).post('/api/accounts/sign-in/second-factor', { challenge, code: at(0) })
  expect(codeOf(await answer(old))).toBe('bad_credentials')
  expect((await answer(challengeOf(await signIn(mina.me.email, NEW)))).status).toBe(200)
})
