import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Passkey, PasskeyAsked, PasskeyList } from '#schemas/api/passkeys.ts'
import { Authenticator, type Twist } from '#server/testing/authenticator.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { codeOf, newPerson, PASSWORD, Person } from '#server/testing/person.ts'

const ORIGIN = 'https://study.example.org'
const base = '/api/me/passkeys'
const door = '/api/accounts/sign-in/passkey'
let server: InProcess
beforeAll(async () => {
  const party = { PASSKEY_RP_ID: 'study.example.org', PASSKEY_ORIGINS: ORIGIN }
  server = await inProcess({ PASSKEYS: '1', ...party, SECOND_FACTOR: '1', RATE_FACTOR: '10' })
})
afterAll(() => server.stop())

const asks = async (person: Person): Promise<PasskeyAsked> =>
  (await person.post(`${base}/begin`, { password: PASSWORD })).body as PasskeyAsked
const mine = async (person: Person) => ((await person.get(base)).body as PasskeyList).passkeys

/** Somebody with a passkey. */
async function withPasskey(counts = true) {
  const person = await newPerson(server.url)
  const device = new Authenticator(ORIGIN, { counts })
  const made = await person.post(base, device.create(await asks(person), 'Laptop'))
  expect([made.status, made.body]).toMatchObject([201, { name: 'Laptop', usedAt: null, synced: false }])
  return { person, device, passkey: made.body as Passkey }
}
/** A browser at the sign-in page. */
async function arrives(): Promise<{ browser: Person; asked: PasskeyAsked }> {
  const browser = new Person(server.url)
  const { asked } = (await browser.post(`${door}/begin`)).body as { asked: PasskeyAsked }
  return { browser, asked }
}
const tries = async (device: Authenticator, twist: Twist = {}) => {
  const { browser, asked } = await arrives()
  return browser.post(door, device.get(asked, twist))
}

describe('passkeys', () => {
  test('PASSKEY-1: made with the password again and a name; it signs in, once per asking, without anything else', async () => {
    const { person, device, passkey } = await withPasskey()
    expect(codeOf(await person.post(`${base}/begin`, { password: 'Wrong-1!' }))).toBe('bad_credentials')
    const { browser, asked } = await arrives()
    const answer = device.get(asked)
    const signedIn = await browser.post(door, answer)
    expect([signedIn.status, signedIn.body]).toMatchObject([200, { id: person.me.id }])
    expect((await browser.get('/api/me')).body).toMatchObject({ id: person.me.id })
    const [kept] = await mine(browser)
    expect(kept).toMatchObject({ id: passkey.id, name: 'Laptop', usedAt: expect.any(Number) })
    await browser.send('PATCH', `${base}/${passkey.id}`, { name: '  Old laptop ' })
    expect((await mine(person))[0]).toMatchObject({ name: 'Old laptop' })
  })

  test('PASSKEY-2: it counts as both factors, for the device has verified the person', async () => {
    const { device } = await withPasskey()
    const { options } = await asks(await newPerson(server.url))
    expect(options).toMatchObject({
      rp: { id: 'study.example.org' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    expect((await arrives()).asked.options).toMatchObject({ userVerification: 'required', rpId: 'study.example.org' })
    expect(codeOf(await tries(device, { unverified: true }))).toBe('bad_credentials')
    const other = await newPerson(server.url)
    const silent = new Authenticator(ORIGIN).create(await asks(other), 'x', { unverified: true })
    expect(codeOf(await other.post(base, silent))).toBe('bad_credentials')
  })

  test('PASSKEY-3: an answer for another origin, site, ceremony or challenge opens and keeps nothing', async () => {
    const { device, person } = await withPasskey()
    const twists: Twist[] = [
      { origin: 'https://evil.example' },
      { origin: 'http://study.example.org' },
      { rpId: 'example.org' },
      { type: 'webauthn.create' },
      { challenge: Buffer.alloc(32).toString('base64url') },
    ]
    for (const twist of twists) {
      expect(codeOf(await tries(device, twist))).toBe('bad_credentials')
      const { type, ...rest } = twist
      const made = new Authenticator(ORIGIN).create(await asks(person), 'x', type ? { type: 'webauthn.get' } : rest)
      expect(codeOf(await person.post(base, made))).toBe('bad_credentials')
    }
    expect(await mine(person)).toHaveLength(1)
    expect((await tries(device)).status).toBe(200)
  })

  test('PASSKEY-4: a challenge is good once, right or wrong, also at once, and only where it was asked for', async () => {
    const { device, person } = await withPasskey(false)
    const { browser, asked } = await arrives()
    const answer = device.get(asked)
    const elsewhere = await arrives()
    expect(codeOf(await elsewhere.browser.post(door, answer))).toBe('bad_credentials')
    const both = await Promise.all([browser.post(door, answer), browser.post(door, answer)])
    expect(both.map((a) => a.status).sort()).toEqual([200, 401])
    expect((await browser.post(door, answer)).status).toBe(401)
    const spoilt = await arrives()
    expect((await spoilt.browser.post(door, device.get(spoilt.asked, { origin: 'https://evil.example' }))).status).toBe(
      401,
    )
    expect((await spoilt.browser.post(door, device.get(spoilt.asked))).status).toBe(401)
    const toMake = await asks(person)
    const other = await newPerson(server.url)
    expect(codeOf(await other.post(base, new Authenticator(ORIGIN).create(toMake, 'x')))).toBe('bad_credentials')
    const late = await arrives()
    const [use, challenge, until, bound, mac] = late.asked.ticket.split('.')
    const longer = [use, challenge, Number(until) + 1, bound, mac].join('.')
    expect((await late.browser.post(door, device.get({ ...late.asked, ticket: longer }))).status).toBe(401)
    expect((await late.browser.post(door, device.get({ ...late.asked, ticket: toMake.ticket }))).status).toBe(401)
  })

  test('PASSKEY-5: a count of uses that does not rise opens nothing and is logged; devices that do not count go on', async () => {
    const { device, person } = await withPasskey()
    expect((await tries(device, { counter: 7 })).status).toBe(200)
    for (const counter of [7, 3, 0]) expect(codeOf(await tries(device, { counter }))).toBe('bad_credentials')
    expect(server.logged()).toContain('a passkey came with an old count')
    expect((await tries(device, { counter: 8 })).status).toBe(200)
    const synced = await withPasskey(false)
    expect([(await tries(synced.device)).status, (await tries(synced.device)).status]).toEqual([200, 200])
    expect(await mine(person)).toHaveLength(1)
  })

  test("PASSKEY-6: another person's passkey is not found, stays, and is nobody else's by its handle", async () => {
    const { person, device, passkey } = await withPasskey()
    const other = await newPerson(server.url)
    expect((await other.send('PATCH', `${base}/${passkey.id}`, { name: 'mine' })).status).toBe(404)
    expect((await other.post(`${base}/${passkey.id}/remove`, { password: PASSWORD })).status).toBe(404)
    expect(codeOf(await tries(device, { userHandle: other.me.id }))).toBe('bad_credentials')
    const stranger = new Authenticator(ORIGIN)
    stranger.create(await asks(other), 'never kept')
    expect(codeOf(await tries(stranger))).toBe('bad_credentials')
    const again = await other.post(base, device.create(await asks(other), 'new one of the same device'))
    expect(again.status).toBe(201)
    expect(await mine(person)).toHaveLength(1)
  })

  test('PASSKEY-7: removed with the password again; then it opens nothing, and what was open stays', async () => {
    const { person, device, passkey } = await withPasskey()
    const { browser, asked } = await arrives()
    await browser.post(door, device.get(asked))
    const remove = `${base}/${passkey.id}/remove`
    expect(codeOf(await person.post(remove, { password: 'Wrong-1!' }))).toBe('bad_credentials')
    expect((await person.post(remove, { password: PASSWORD })).status).toBe(200)
    expect(await mine(person)).toEqual([])
    expect(codeOf(await tries(device))).toBe('bad_credentials')
    expect((await browser.get('/api/me')).status).toBe(200)
  })

  test('PASSKEY-8: goes with its account', async () => {
    const { person, device } = await withPasskey()
    expect((await person.post('/api/me/delete', { password: PASSWORD })).status).toBe(200)
    expect(codeOf(await tries(device))).toBe('bad_credentials')
  })

  test('ACCT-18: signing in by passkey makes a new session', async () => {
    const { person, device } = await withPasskey()
    const { asked } = (await person.post(`${door}/begin`)).body as { asked: PasskeyAsked }
    const before = await newPerson(server.url)
    const browser = new Person(server.url)
    browser.cookie = `${before.cookie}; ${person.cookie}`
    expect((await browser.post(door, device.get(asked))).status).toBe(200)
    expect(browser.cookie).not.toContain(before.cookie)
    expect((await browser.get('/api/me')).body).toMatchObject({ id: person.me.id })
  })
})
