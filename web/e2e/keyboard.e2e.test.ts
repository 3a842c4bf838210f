import { expect, test } from 'vitest'
import { houseForFile } from './testing/houseForFile.ts'
import { PASSWORD, type Person } from './testing/Person.ts'

const house = houseForFile()

/** Presses Tab until the element with this accessible name has the focus. */
async function tabTo(person: Person, name: string | RegExp): Promise<void> {
  const { page } = person
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement | null
      const label =
        at?.getAttribute('aria-label') ?? ((at as HTMLInputElement | null)?.labels?.[0]?.textContent || at?.innerText)
      return (label ?? '').trim()
    })
    if (typeof name === 'string' ? focused === name : name.test(focused)) return
  }
  throw new Error(`Tab never came to ${name}`)
}

test('WEB-31: the main story runs by keyboard alone: sign up, open a room, study, write, raise a hand, leave', async () => {
  const mina = await house().person('Mina')
  const { page, t } = mina
  const { keyboard } = page
  await mina.open('/')
  await mina.sees(t.lobby.visitor)
  await tabTo(mina, t.common.signUp)
  await keyboard.press('Enter')
  await page.getByLabel(t.accounts.email, { exact: true }).waitFor()
  const fields = [
    [t.accounts.email, mina.email],
    [t.accounts.name, mina.name],
    [t.accounts.handle, mina.handle],
    [t.accounts.password, PASSWORD],
  ] as const
  for (const [label, value] of fields) {
    if (label !== t.accounts.email) await tabTo(mina, label)
    await keyboard.type(value)
  }
  await keyboard.press('Enter')
  await mina.enterCode()
  await mina.button(t.lobby.create).first().waitFor()
  await tabTo(mina, t.lobby.create)
  await keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await keyboard.type('By keyboard')
  await keyboard.press('Enter')
  await mina.isIn('By keyboard')
  await keyboard.press('t')
  await mina.deskShows('Mina', 'studying')
  await keyboard.press('/')
  await keyboard.type('typed without a mouse')
  await keyboard.press('Enter')
  await mina.message('typed without a mouse').waitFor()
  await mina.composer.evaluate((box) => (box as HTMLElement).blur())
  await keyboard.press('h')
  await mina.desk('Mina').getByRole('img', { name: t.room.desks.state.hand }).waitFor()
  await keyboard.press('f')
  await mina.button(t.room.leaveFocusMode).waitFor()
  await keyboard.press('Escape')
  await mina.isIn('By keyboard')
  await keyboard.press('Shift+?')
  await page.getByRole('dialog', { name: t.room.keys.title }).waitFor()
  await keyboard.press('Escape')
  await keyboard.press('Control+k')
  await page.getByRole('combobox', { name: t.common.palette }).waitFor()
  await keyboard.type(t.common.leave)
  await keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === '/')
  expect(await page.getByRole('link', { name: t.common.backToRoom }).count()).toBe(0)
})
