import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLIENT, type OpenIdProvider, openIdProvider } from '#server/testing/openIdProvider.ts'
import { House } from './testing/House.ts'

let school: OpenIdProvider
let house: House
beforeAll(async () => {
  school = await openIdProvider()
  house = await House.open({
    ...{ OIDC_ISSUER: school.issuer, OIDC_NAME: 'School' },
    ...{ OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret },
  })
  school.allow(`${house.url}/api/accounts/callback/oidc`)
})
afterAll(async () => {
  await house.close()
  await school.stop()
})

test('SOCIAL-1, SOCIAL-2: signing in through a school’s page and back; an address that is taken says what to do', async () => {
  school.say('jiwoo', { email: 'jiwoo@school.example', email_verified: true, name: 'Ji-woo' })
  const jiwoo = await house.person('Ji-woo')
  const through = async (person: typeof jiwoo, login: string) => {
    const { page, t } = person
    await person.open('/sign-in?next=/settings/security')
    await person.button(t.security.providers.with.replace('{{name}}', 'School')).click()
    await page.waitForURL((url) => url.href.startsWith(school.issuer))
    await page.locator('input[name=login]').fill(login)
    await page.locator('input[name=password]').fill('any')
    await page.locator('button[type=submit]').click()
    await page.locator('button[type=submit]').click()
  }
  await through(jiwoo, 'jiwoo')
  await jiwoo.page.waitForURL((url) => url.pathname === '/settings/security')
  await jiwoo.sees(jiwoo.t.security.providers.linked)
  await jiwoo.sees(jiwoo.t.security.providers.last)

  const mina = await house.person('Mina')
  await mina.signUp()
  school.say('other', { email: mina.email, email_verified: true, name: 'Not Mina' })
  const other = await house.person('Other')
  await through(other, 'other')
  await other.page.waitForURL((url) => url.pathname === '/sign-in')
  await other.sees(other.t.security.providers.failed.not_linked.replace('{{name}}', 'School'))
  expect(await other.page.getByRole('button', { name: other.t.common.signIn, exact: true }).count()).toBe(1)
  await house.endTest('providers', false)
})
