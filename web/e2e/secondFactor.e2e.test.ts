import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { seriousFaults } from './testing/axe.ts'
import { houseForFile } from './testing/houseForFile.ts'
import { PASSWORD } from './testing/Person.ts'

const house = houseForFile({ SECOND_FACTOR: '1' })

test('FACTOR-1: set up with a QR code; the next sign-in asks for the code', async () => {
  const mina = await house().person('Mina')
  await mina.signUp()
  const { page, t } = mina
  await mina.open('/settings/security')
  await mina.button(t.security.factor.setUp).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t.security.factor.password, { exact: true }).fill(PASSWORD)
  await dialog.getByRole('button', { name: t.security.factor.go }).click()
  await dialog.getByRole('img', { name: t.security.factor.qr }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  const key = (await dialog.locator('code').innerText()).replaceAll(' ', '')
  const totp = new TOTP({ secret: Secret.fromBase32(key) })
  await dialog.getByLabel(t.security.factor.code, { exact: true }).fill('000000')
  await dialog.getByRole('button', { name: t.security.factor.go }).click()
  await mina.sees(t.security.factor.wrong)
  // The next step's code is good as well: no step that passes meanwhile takes it away.
  const begun = Date.now()
  const early = totp.generate({ timestamp: begun })
  await dialog.getByLabel(t.security.factor.code, { exact: true }).fill(early)
  await dialog.getByRole('button', { name: t.security.factor.go }).click()
  const codes = dialog.getByRole('list', { name: t.security.factor.codes }).getByRole('listitem')
  await codes.first().waitFor()
  const [recovery = ''] = await codes.allInnerTexts()
  expect(await codes.count()).toBe(10)
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: t.security.factor.kept }).click()
  await mina.sees(t.security.factor.on)

  for (const code of [totp.generate({ timestamp: begun + 30_000 }), recovery]) {
    const device = await house().person('Device', { locale: 'ko', width: 390, height: 844 })
    const ko = device.t
    await device.open('/sign-in?next=/study')
    await device.sendSignIn(mina.email)
    await device.sees(ko.security.factor.signInTitle)
    await device.page.getByLabel(ko.security.factor.code, { exact: true }).fill(code)
    await device.button(ko.common.signIn).click()
    await device.page.waitForURL((url) => url.pathname === '/study')
  }
})
