import { expect, test } from 'vitest'
import { seriousFaults } from './testing/axe.ts'
import { houseForFile } from './testing/houseForFile.ts'
import { PASSWORD } from './testing/Person.ts'

const house = houseForFile()

test('SESS-2: a second device is ended from the first: it loses its room at once and has to sign in again', async () => {
  const mina = await house().person('Mina')
  const phone = await house().person('Phone', { width: 390, height: 844, touch: true })
  await mina.signUp()
  const { t } = mina
  await phone.open('/sign-in')
  await phone.sendSignIn(mina.email)
  await phone.page.waitForURL((url) => url.pathname === '/')
  await phone.openRoom('On the phone')
  await mina.open('/settings/security')
  await mina.sees(t.security.devices.this)
  expect(await seriousFaults(mina.page)).toEqual([])
  await mina.page.getByRole('button', { name: /^End Chrome on/ }).click()
  await mina.sees(t.security.devices.ended)
  await phone.page.waitForURL((url) => url.pathname === '/sign-in')
  await phone.open('/settings/security')
  await phone.sees(t.security.signedOut)
})

test('DATA-3, DATA-4: one takes one’s data along and deletes the account; signing in is over', async () => {
  const mina = await house().person('Mina')
  await mina.signUp()
  const { page, t } = mina
  await mina.open('/settings/data')
  await mina.button(t.security.export.start).click()
  const download = page.waitForEvent('download')
  await mina.button(t.security.export.download).click()
  expect((await download).suggestedFilename()).toBe(`studyhub-${mina.handle}.zip`)
  expect(await seriousFaults(page)).toEqual([])
  await mina.button(t.security.delete.open).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t.security.delete.typed.replace('{{handle}}', mina.handle)).fill(mina.handle)
  await dialog.getByLabel(t.security.delete.password, { exact: true }).fill('Wrong-one-1!')
  await dialog.getByRole('button', { name: t.security.delete.submit }).click()
  await mina.sees(t.common.refusal.bad_credentials)
  await dialog.getByLabel(t.security.delete.password, { exact: true }).fill(PASSWORD)
  await dialog.getByRole('button', { name: t.security.delete.submit }).click()
  await page.waitForURL((url) => url.pathname === '/')
  await mina.open('/sign-in')
  await mina.sendSignIn(mina.email)
  await mina.sees(t.common.refusal.bad_credentials)
})
