import { Secret, TOTP } from 'otpauth'
import { PASSWORD, type Person } from '../testing/Person.ts'
import type { Scene } from './Scene.ts'

/** Opens the set-up of the second step and gives the password. */
async function setsUpFactor(person: Person) {
  const { page, t } = person
  await person.button(t.security.factor.setUp).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t.security.factor.password, { exact: true }).fill(PASSWORD)
  await dialog.getByRole('button', { name: t.security.factor.go }).click()
  await dialog.getByRole('img', { name: t.security.factor.qr }).waitFor()
  return dialog
}

export const settingsScenes: readonly Scene[] = [
  {
    name: 'settings',
    async show({ me, words }) {
      await me.open('/settings')
      await me.sees(me.t.settings.dayStartHint)
      await me.page.getByLabel(me.t.people.about.bio).getByText(words.bio.slice(0, 5)).waitFor()
      return undefined
    },
    tall: true,
  },
  {
    name: 'settings-wrong',
    async show({ me }) {
      const { page, t } = me
      await me.open('/settings')
      await page.getByLabel(t.settings.name, { exact: true }).fill('')
      await page.getByLabel(t.people.about.url).fill('nowhere')
      for (const save of await me.button(t.common.save).all()) if (await save.isEnabled()) await save.click()
      await me.sees(t.people.about.wrongUrl)
      return undefined
    },
    tall: true,
  },
  {
    name: 'settings-crop',
    async show({ me }) {
      const { page, t } = me
      await me.open('/settings')
      await page.locator('input[type=file]').setInputFiles({
        ...{ name: 'me.png', mimeType: 'image/png', buffer: await page.screenshot() },
      })
      await me.button(t.people.image.use).waitFor()
      return undefined
    },
  },
  {
    name: 'security',
    async show({ me }) {
      await me.open('/settings/security')
      await me.sees(me.t.security.devices.this)
      await me.button(me.t.security.factor.setUp).waitFor()
      return undefined
    },
    tall: true,
  },
  {
    name: 'security-factor-scan',
    async show({ me }) {
      await me.open('/settings/security')
      await setsUpFactor(me)
      return undefined
    },
  },
  {
    name: 'security-factor-codes',
    async show({ asked }) {
      const { page, t } = asked
      await asked.open('/settings/security')
      const dialog = await setsUpFactor(asked)
      const key = (await dialog.locator('code').innerText()).replaceAll(' ', '')
      const code = new TOTP({ secret: Secret.fromBase32(key) }).generate()
      await dialog.getByLabel(t.security.factor.code, { exact: true }).fill(code)
      await dialog.getByRole('button', { name: t.security.factor.go }).click()
      await dialog.getByRole('list', { name: t.security.factor.codes }).getByRole('listitem').first().waitFor()
      return page
    },
    async after({ asked }) {
      await asked.button(asked.t.security.factor.kept).click()
    },
  },
  {
    name: 'security-factor-on',
    async show({ asked }) {
      await asked.open('/settings/security')
      await asked.sees(asked.t.security.devices.this)
      return asked.page
    },
    tall: true,
  },
  {
    name: 'sign-in-second-step',
    async show({ visitor, asked }) {
      const { page, t } = visitor
      await visitor.open('/sign-in')
      await page.getByLabel(t.accounts.email, { exact: true }).fill(asked.email)
      await page.getByLabel(t.accounts.password, { exact: true }).fill(PASSWORD)
      await visitor.button(t.common.signIn).click()
      await visitor.sees(t.security.factor.signInTitle)
      return page
    },
  },
  {
    name: 'data',
    async show({ me }) {
      await me.open('/settings/data')
      await me.button(me.t.security.export.start).waitFor()
      return undefined
    },
  },
  {
    name: 'data-exported',
    async show({ me }) {
      await me.open('/settings/data')
      await me.button(me.t.security.export.start).or(me.button(me.t.security.export.download)).first().click()
      await me.button(me.t.security.export.download).waitFor()
      return undefined
    },
  },
  {
    name: 'data-delete',
    async show({ me }) {
      await me.open('/settings/data')
      await me.button(me.t.security.delete.open).click()
      await me.page.getByRole('dialog').getByLabel(me.t.security.delete.password, { exact: true }).fill('Wrong-one-1!')
      return undefined
    },
  },
]
