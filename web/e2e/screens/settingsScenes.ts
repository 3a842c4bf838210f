import { Secret, TOTP } from 'otpauth'
import { PASSWORD, type Person } from '../testing/Person.ts'
import type { Scene } from './Scene.ts'
import { within } from './within.ts'

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

const inSettings = within(({ me }) => me.open('/settings'))
const inSecurity = within(({ me }) => me.open('/settings/security'))
const inData = within(({ me }) => me.open('/settings/data'))

export const settingsScenes: readonly Scene[] = [
  inSettings(
    'settings',
    async ({ me, words }) => {
      await me.sees(me.t.settings.dayStartHint)
      await me.page.getByLabel(me.t.people.about.bio).getByText(words.bio.slice(0, 5)).waitFor()
    },
    { tall: true },
  ),
  inSettings(
    'settings-wrong',
    async ({ me }) => {
      const { page, t } = me
      await page.getByLabel(t.settings.name, { exact: true }).fill('')
      await page.getByLabel(t.people.about.url).fill('nowhere')
      for (const save of await me.button(t.common.save).all()) if (await save.isEnabled()) await save.click()
      await me.sees(t.people.about.wrongUrl)
    },
    { tall: true },
  ),
  inSettings('settings-crop', async ({ me }) => {
    const { page, t } = me
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'me.png', mimeType: 'image/png', buffer: await page.screenshot() },
    })
    await me.button(t.people.image.use).waitFor()
  }),
  inSecurity(
    'security',
    async ({ me }) => {
      await me.sees(me.t.security.devices.this)
      await me.button(me.t.security.factor.setUp).waitFor()
    },
    { tall: true },
  ),
  inSecurity('security-factor-scan', ({ me }) => setsUpFactor(me)),
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
      await visitor.sendSignIn(asked.email)
      await visitor.sees(t.security.factor.signInTitle)
      return page
    },
  },
  inData('data', ({ me }) => me.button(me.t.security.export.start).waitFor()),
  inData('data-exported', async ({ me }) => {
    await me.button(me.t.security.export.start).or(me.button(me.t.security.export.download)).first().click()
    await me.button(me.t.security.export.download).waitFor()
  }),
  inData('data-delete', async ({ me }) => {
    await me.button(me.t.security.delete.open).click()
    await me.page.getByRole('dialog').getByLabel(me.t.security.delete.password, { exact: true }).fill('Wrong-one-1!')
  }),
]
