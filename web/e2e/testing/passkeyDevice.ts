import type { Page } from 'playwright-core'
import type en from '../../src/i18n/en/passkeys.ts'
import { PASSWORD, type Person } from './Person.ts'

/** A device with a finger on it, as Chromium plays it. */
export async function passkeyDevice(page: Page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  const credentials = async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials
  const quiet = (yes: boolean) =>
    cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: !yes })
  return { credentials, quiet }
}

/** Makes a passkey in the settings; `look` is called while the dialog is filled in. */
export async function addsPasskey(
  person: Person,
  name: string,
  t: typeof en,
  look: () => Promise<unknown> = async () => {},
): Promise<void> {
  const { page } = person
  await person.open('/settings/security')
  await person.button(t.add).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t.name, { exact: true }).fill(name)
  await dialog.getByLabel(t.password, { exact: true }).fill(PASSWORD)
  await look()
  await dialog.getByRole('button', { name: t.go }).click()
  await page.getByText(name).first().waitFor()
  await dialog.waitFor({ state: 'detached' })
}

export async function signsOut({ page, url }: Person): Promise<void> {
  await page.request.post(`${url}/api/accounts/sign-out`, { headers: { origin: url } })
}
