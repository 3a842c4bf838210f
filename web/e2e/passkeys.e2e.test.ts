import { expect, test } from 'vitest'
import en from '../src/i18n/en/passkeys.ts'
import { seriousFaults } from './testing/axe.ts'
import { houseForFile } from './testing/houseForFile.ts'
import type { Person } from './testing/Person.ts'
import { PASSWORD } from './testing/Person.ts'
import { addsPasskey, passkeyDevice as device, signsOut } from './testing/passkeyDevice.ts'
import { fill } from './testing/texts.ts'

const house = houseForFile({ PASSKEYS: '1' })

const adds = (person: Person, name: string, t: typeof en) =>
  addsPasskey(person, name, t, async () => expect(await seriousFaults(person.page)).toEqual([]))

test('PASSKEY-1: made in the settings, signs in by the button and by itself, is renamed and removed', async () => {
  const mina = await house().person('Mina', { atLocalhost: true })
  const { page } = mina
  await mina.signUp()
  const finger = await device(page)
  await adds(mina, 'My laptop', en)
  await mina.sees(en.kept)
  expect(await finger.credentials()).toHaveLength(1)
  expect(await seriousFaults(page)).toEqual([])

  await finger.quiet(true)
  await signsOut(mina)
  await mina.open('/sign-in?next=/settings/security')
  await mina.button(en.with).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await finger.quiet(false)
  // Chromium's device answers whichever asks first, the button or the list under the field.
  await mina
    .button(en.with)
    .click({ timeout: 2000 })
    .catch(() => {})
  await page.waitForURL((url) => url.pathname === '/settings/security')
  await mina.sees('My laptop')
  await page.getByText(en.unused).waitFor({ state: 'detached' })

  await mina.button(fill(en.rename, { name: 'My laptop' })).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(en.name, { exact: true }).fill('Old laptop')
  await dialog.getByRole('button', { name: en.save }).click()
  await mina.button(fill(en.remove, { name: 'Old laptop' })).click()
  await dialog.getByLabel(en.password, { exact: true }).fill(PASSWORD)
  await dialog.getByRole('button', { name: en.removeIt }).click()
  await mina.sees(en.removed)
  await mina.sees(en.none)

  // The device still has it and offers it; we do not know it any more.
  await signsOut(mina)
  await mina.open('/sign-in')
  await mina.sees(en.refused)
  expect(new URL(page.url()).pathname).toBe('/sign-in')
})

test('PASSKEY-10: where the address has no name, no passkey is asked for at the sign-in', async () => {
  const mina = await house().person('Mina')
  await mina.open('/sign-in')
  const begun = await mina.page.waitForResponse((answer) => answer.url().endsWith('/sign-in/passkey/begin'))
  expect(begun.ok()).toBe(true)
  await mina.page.waitForLoadState('networkidle')
  expect(await mina.button(en.with).count()).toBe(0)
})
