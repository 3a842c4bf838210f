import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Me } from '#schemas/api/accounts.ts'
import type { Passkey, PasskeyAsked } from '#schemas/api/passkeys.ts'
import { readSettings } from '#server/config/readSettings.ts'
import { passwordOnly } from '#server/config/signInWays.ts'
import { Authenticator } from '#server/testing/authenticator.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { CLIENT, type OpenIdProvider, openIdProvider } from '#server/testing/openIdProvider.ts'
import { codeOf, newPerson, PASSWORD, Person } from '#server/testing/person.ts'

let server: InProcess
let school: OpenIdProvider
beforeAll(async () => {
  school = await openIdProvider()
  school.allow('http://127.0.0.1:1/none')
  server = await inProcess({
    ...{ SECOND_FACTOR: '1', PASSKEYS: '1', OIDC_ISSUER: school.issuer, OIDC_NAME: 'School' },
    ...{ OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret },
  })
  school.allow(`${server.url}/api/accounts/callback/oidc`)
})
afterAll(async () => {
  await server.stop()
  await school.stop()
})

/** A browser that keeps cookies by name: the one that ties the provider's answer to who asked is beside the session's. */
class Browser extends Person {
  readonly #jar = new Map<string, string>()
  override async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const cookie = [...this.#jar].map(([k, v]) => `${k}=${v}`).join('; ')
    const answer = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      const at = pair.indexOf('=')
      if (pair.length === at + 1 || /max-age=0/i.test(set)) this.#jar.delete(pair.slice(0, at))
      else this.#jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const text = await answer.text()
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text, headers: answer.headers }
  }
  take(cookie: string) {
    const at = cookie.indexOf('=')
    this.#jar.set(cookie.slice(0, at), cookie.slice(at + 1))
    return this
  }
  async meNow() {
    return ((await this.get('/api/session')).body as { me: Me | null }).me
  }
}

async function answerFor(
  browser: Browser,
  login: string,
  begin = '/api/accounts/providers/oidc/begin',
  body: object = {},
) {
  const begun = await browser.post(begin, body)
  expect(begun.status).toBe(200)
  const back = await school.visit((begun.body as { url: string }).url, login)
  expect(back).toContain(`${server.url}/api/accounts/callback/oidc?`)
  return back.slice(server.url.length)
}
async function signInAs(browser: Browser, login: string, body: object = {}) {
  const landed = await browser.get(await answerFor(browser, login, undefined, body))
  expect(landed.status).toBe(302)
  return landed.headers.get('location') ?? ''
}
let logins = 0
const someone = (claims: Parameters<OpenIdProvider['say']>[1] = {}) => {
  const login = `student${++logins}`
  school.say(login, { email: `${login}@school.example`, email_verified: true, name: 'Seo-yeon', ...claims })
  return login
}

describe('sign-in by a provider', () => {
  test('SOCIAL-1: the first time makes an account with a profile; later times lead to the same one', async () => {
    const login = someone()
    const browser = new Browser(server.url)
    expect(await signInAs(browser, login, { next: '/study' })).toBe('/study')
    const me = await browser.meNow()
    expect(me).toMatchObject({ name: 'Seo-yeon', email: `${login}@school.example` })
    expect(me?.handle).toMatch(/^seoyeon\d+$/)
    const other = new Browser(server.url)
    await signInAs(other, login)
    expect((await other.meNow())?.id).toBe(me?.id)
    expect((await other.get('/api/me/providers')).body).toEqual({ linked: ['oidc'], password: false, passkeys: 0 })
    expect(codeOf(await other.send('DELETE', '/api/me/providers/oidc'))).toBe('conflict')
  })

  test('PASSKEY-9: the last way in stays, whether it is a provider or a passkey; also of two that go at once', async () => {
    const browser = new Browser(server.url)
    await signInAs(browser, someone())
    const device = new Authenticator(server.url.replace('127.0.0.1', 'localhost'))
    const asked = (await browser.post('/api/me/passkeys/begin', {})).body as PasskeyAsked
    const { id } = (await browser.post('/api/me/passkeys', device.create(asked, 'Phone'))).body as Passkey
    expect((await browser.get('/api/me/providers')).body).toEqual({ linked: ['oidc'], password: false, passkeys: 1 })
    const both = await Promise.all([
      browser.send('DELETE', '/api/me/providers/oidc'),
      browser.post(`/api/me/passkeys/${id}/remove`, {}),
    ])
    expect(both.map((a) => a.status).sort()).toEqual([200, 409])
    const { linked, passkeys } = (await browser.get('/api/me/providers')).body as { linked: string[]; passkeys: number }
    expect(linked.length + passkeys).toBe(1)
  })

  test('SOCIAL-2: an account here with the same address is not entered, though the provider has verified it', async () => {
    const mina = await newPerson(server.url)
    const browser = new Browser(server.url)
    const to = await signInAs(browser, someone({ email: mina.me.email }))
    expect(to).toBe('/sign-in?failed=not_linked&provider=oidc')
    expect(await browser.meNow()).toBeNull()
    expect((await mina.get('/api/me/providers')).body).toEqual({ linked: [], password: true, passkeys: 0 })
  })

  test('SOCIAL-3: an address that the provider has not verified is not taken over: neither claimed nor blocked', async () => {
    const victim = 'victim@study.example'
    const browser = new Browser(server.url)
    await signInAs(browser, someone({ email: victim, email_verified: false }))
    const me = await browser.meNow()
    expect(me?.email).toMatch(/^oidc-[0-9a-f]{32}@users\.invalid$/)
    const taken = new Browser(server.url)
    await signInAs(taken, someone({ email: victim, email_verified: true }))
    const owner = await taken.meNow()
    expect(owner?.email).toBe(victim)
    expect(owner?.id).not.toBe(me?.id)
  })

  test('SOCIAL-4: the answer counts only in the browser that asked, once; forged and foreign ones lead nowhere', async () => {
    const browser = new Browser(server.url)
    const answer = await answerFor(browser, someone())
    const thief = new Browser(server.url)
    expect((await thief.get(answer)).headers.get('location')).toMatch(/^\/sign-in\?failed=failed/)
    expect(await thief.meNow()).toBeNull()
    expect((await browser.get(answer)).headers.get('location')).toBe('/')
    expect((await browser.get(answer)).headers.get('location')).toMatch(/^\/sign-in\?failed=failed/)
    for (const path of ['oidc?code=x&state=y', 'oidc?error=access_denied', 'oidc'])
      expect((await thief.get(`/api/accounts/callback/${path}`)).headers.get('location')).toMatch(/^\/sign-in\?failed=/)
    expect((await thief.get('/api/accounts/callback/nobody?code=x&state=y')).status).toBe(404)
    expect((await thief.post('/api/accounts/providers/oidc/begin', { next: '//evil.example' })).status).toBe(400)
    expect((await thief.post('/api/accounts/providers/google/begin', {})).status).toBe(404)
  })

  test('SOCIAL-5: its signed-in owner links a provider, with the password again; then it signs him in', async () => {
    const mina = await newPerson(server.url)
    const browser = new Browser(server.url).take(mina.cookie)
    const link = '/api/me/providers/oidc/link'
    expect(codeOf(await browser.post(link, { password: 'Wrong-1!' }))).toBe('bad_credentials')
    const login = someone({ email: 'other@school.example' })
    const landed = await browser.get(await answerFor(browser, login, link, { password: PASSWORD }))
    expect(landed.headers.get('location')).toBe('/settings/security')
    const again = new Browser(server.url)
    await signInAs(again, login)
    expect(await again.meNow()).toMatchObject({ id: mina.me.id, email: mina.me.email })

    const jun = await newPerson(server.url)
    const other = new Browser(server.url).take(jun.cookie)
    const taken = await other.get(await answerFor(other, login, link, { password: PASSWORD }))
    expect(taken.headers.get('location')).toBe('/settings/security?failed=taken&provider=oidc')
    expect((await browser.send('DELETE', '/api/me/providers/oidc')).status).toBe(200)
    const third = new Browser(server.url)
    await signInAs(third, login)
    expect((await third.meNow())?.id).not.toBe(mina.me.id)
  })

  test('SOCIAL-6: who has a second factor is asked for it here too', async () => {
    const mina = await newPerson(server.url)
    const browser = new Browser(server.url).take(mina.cookie)
    const login = someone()
    await browser.get(await answerFor(browser, login, '/api/me/providers/oidc/link', { password: PASSWORD }))
    const { secret } = (await mina.post('/api/me/second-factor/begin', { password: PASSWORD })).body as {
      secret: string
    }
    const totp = new TOTP({ secret: Secret.fromBase32(secret) })
    // The next step's code is good as well: no step that passes meanwhile takes it away.
    const now = Date.now()
    await mina.post('/api/me/second-factor/confirm', { code: totp.generate({ timestamp: now }) })
    const device = new Browser(server.url)
    const [page = '', challenge = ''] = (await signInAs(device, login, { next: '/study' })).split('#')
    expect(page).toBe('/sign-in?next=%2Fstudy')
    expect(await device.meNow()).toBeNull()
    await device.post('/api/accounts/sign-in/second-factor', {
      challenge,
      code: totp.generate({ timestamp: now + 30_000 }),
    })
    expect((await device.meNow())?.id).toBe(mina.me.id)
  })
})

test('SOCIAL-7: nothing is on by default, and no token of a provider is kept or logged', async () => {
  expect(readSettings({}).ways).toEqual(passwordOnly)
  expect((await new Person(server.url).get('/api/accounts/providers')).body).toEqual({
    providers: [{ id: 'oidc', name: 'School' }],
  })
  const { DatabaseSync } = await import('node:sqlite')
  const file = new DatabaseSync(`${server.dataDir}/studyhub.db`, { readOnly: true, timeout: 5000 })
  const kept = file.prepare('select accessToken, refreshToken, idToken from account').all()
  const pictures = file.prepare('select count(*) as n from user where image is not null').get()
  file.close()
  for (const row of kept) expect({ ...row }).toEqual({ accessToken: null, refreshToken: null, idToken: null })
  expect({ ...pictures }).toEqual({ n: 0 })
  expect(server.logged()).not.toContain(CLIENT.secret)
})
