import { expect, test } from 'vitest'
import { mailedCode } from '#client/testing/mailFolder.ts'
import { seriousFaults } from './testing/axe.ts'
import { houseForFile } from './testing/houseForFile.ts'
import type { Person } from './testing/Person.ts'

const house = houseForFile()
const codeGroup = ({ page, t }: Person) => page.getByRole('group', { name: t.accounts.code })
const codeOf = async ({ page, email }: Person, count = 1) =>
  mailedCode(await page.locator('code').innerText(), email, count)

test('ACCT-11, ACCT-13: sign-up asks for the code from the mail; a wrong one is told at the field, a pasted one signs in', async () => {
  const mina = await house().person('Mina')
  const { page, t } = mina
  await mina.open('/sign-up')
  await mina.sendSignUp()
  const code = await codeOf(mina)
  const again = page.getByRole('button', { name: new RegExp(t.accounts.codeAgainIn.replace('{{seconds}}', '\\d+')) })
  expect(await again.isDisabled()).toBe(true)
  expect(await seriousFaults(page)).toEqual([])
  await codeGroup(mina).getByRole('textbox').first().focus()
  await page.keyboard.type(code.slice(0, 5) + (code.endsWith('A') ? 'B' : 'A'))
  await page.getByText(t.accounts.wrong.code).waitFor()
  await codeGroup(mina)
    .getByRole('textbox')
    .first()
    .evaluate((box, text) => {
      const data = new DataTransfer()
      data.setData('text/plain', text)
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, ` ${code} `)
  await page.waitForURL((url) => url.pathname === '/')
  await mina.button(t.lobby.create).first().waitFor()
})

test('ACCT-15: a forgotten password is set with the code; the other device is signed out', async () => {
  const mina = await house().person('Mina')
  await mina.signUp()
  const phone = await house().person('Phone', { width: 390, height: 800, touch: true })
  const { page, t } = phone
  await phone.open('/sign-in')
  await page.getByRole('link', { name: t.accounts.forgot }).click()
  await page.getByRole('heading', { name: t.accounts.forgotTitle }).waitFor()
  await page.getByLabel(t.accounts.email, { exact: true }).fill(mina.email)
  await phone.button(t.accounts.sendCode).click()
  const code = await mailedCode(await page.locator('code').innerText(), mina.email, 2)
  await codeGroup(phone).getByRole('textbox').first().focus()
  await page.keyboard.type(code.toLowerCase())
  await page.getByLabel(t.accounts.newPassword, { exact: true }).fill('weak')
  await phone.button(t.accounts.setPassword).click()
  await page.getByText(t.accounts.wrong.password).waitFor()
  await page.getByLabel(t.accounts.newPassword, { exact: true }).fill('Fresh-start-9!')
  await phone.button(t.accounts.setPassword).click()
  await page.waitForURL((url) => url.pathname === '/')
  await phone.button(t.lobby.create).first().waitFor()
  await mina.page.reload()
  await mina.sees(mina.t.lobby.visitor)
})
