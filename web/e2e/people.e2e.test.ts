import { expect, test } from 'vitest'
import { houseForFile } from './testing/houseForFile.ts'
import { fill } from './testing/texts.ts'

const house = houseForFile()

test('PEOPLE-2, PEOPLE-3, PEOPLE-5: two become friends, one blocks, and what the blocked one says is folded until it is opened', async () => {
  const mina = await house().person('Mina')
  const joon = await house().person('Joon', { locale: 'ko' })
  await mina.signUp()
  const roomId = await mina.openRoom('Side by side')
  await joon.signUp(`/rooms/${roomId}`)
  await joon.isIn('Side by side')

  // Joon asks by handle; Mina is told wherever she is, and accepts.
  await joon.open('/people')
  await joon.page.getByLabel(joon.t.people.ask.label).fill(mina.handle)
  await joon.button(joon.t.people.ask.submit).click()
  await joon.sees(fill(joon.t.people.ask.sent, { name: 'Mina' }))
  await mina.sees(fill(mina.t.inbox.kind.friendAsked, { byName: 'Joon' }))
  await mina.open('/people?tab=requests')
  await mina.button(mina.t.people.act.accept).click()
  await joon.sees(fill(joon.t.inbox.kind.friendAccepted, { byName: 'Mina' }))
  await mina.open('/people')
  const friends = mina.page.getByRole('list', { name: mina.t.people.tabs.friends })
  await friends.getByText('Joon', { exact: true }).waitFor()

  // Back in the room Joon speaks, and Mina blocks him from his card.
  await joon.open(`/rooms/${roomId}`)
  await joon.isIn('Side by side')
  await mina.open(`/rooms/${roomId}`)
  await mina.isIn('Side by side')
  await joon.says('first words')
  await mina.message('first words').waitFor()
  const card = mina.page.getByRole('dialog', { name: mina.t.people.card.label })
  await mina
    .message('first words')
    .getByRole('button', { name: fill(mina.t.people.card.open, { name: 'Joon' }) })
    .click()
  await card.getByText(`@${joon.handle}`).waitFor()
  await card.getByRole('button', { name: fill(mina.t.people.act.more, { name: 'Joon' }) }).click()
  await mina.page.getByRole('menuitem', { name: mina.t.people.act.block }).click()
  await mina.page
    .getByRole('dialog', { name: fill(mina.t.people.act.blockOf, { name: 'Joon' }) })
    .getByRole('button', { name: mina.t.people.act.block, exact: true })
    .click()
  await mina.message('first words').waitFor({ state: 'detached' })
  const folded = mina.log.getByRole('article', { name: mina.t.people.folded })
  await folded.first().waitFor()
  await mina.page.keyboard.press('Escape')
  await folded.first().getByRole('button', { name: mina.t.people.unfold }).click()
  await mina.message('first words').waitFor()

  // Neither finds the other any more; Joon is told nothing of it.
  for (const [who, other] of [
    [mina, joon],
    [joon, mina],
  ] as const) {
    await who.open('/people?tab=find')
    await who.page.getByLabel(who.t.people.find.label).fill(other.handle)
    await who.sees(who.t.people.find.nobody)
  }
  await mina.open('/people?tab=blocked')
  await mina.button(mina.t.people.act.unblock).click()
  await mina.sees(mina.t.people.empty.blocked)
})

test('PROFILE-4, PROFILE-6: a picture is cut in the browser and seen on the desk of whoever looks, at once', async () => {
  const mina = await house().person('Mina')
  const joon = await house().person('Joon')
  await mina.signUp()
  const roomId = await mina.openRoom('Faces')
  await joon.signUp(`/rooms/${roomId}`)
  await joon.isIn('Faces')
  expect(await joon.desk('Mina').locator('img').count()).toBe(0)
  await mina.page.getByRole('link', { name: mina.t.common.settings }).first().click()
  const picture = await mina.page.screenshot()
  await mina.page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: picture })
  await mina.button(mina.t.people.image.use).click()
  await joon.desk('Mina').locator('img').waitFor()
  const shown = joon.desk('Mina').locator('img')
  await expect.poll(() => shown.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBe(128)
})

test('PROFILE-1: a status is said from the menu where one’s own presence is chosen, and cleared there', async () => {
  const mina = await house().person('Mina')
  await mina.signUp()
  const { status, noStatus, ends, until } = mina.t.people.about
  const menu = mina.page.getByRole('button', { name: 'Mina', exact: true })
  const dialog = mina.page.getByRole('dialog', { name: status })
  await menu.click()
  await mina.page.getByRole('menuitem', { name: status }).click()
  await dialog.getByRole('textbox', { name: status }).fill('Past papers')
  await dialog.getByLabel(until).selectOption({ label: ends.never })
  await dialog.getByRole('button', { name: mina.t.common.save }).click()
  await dialog.waitFor({ state: 'detached' })
  await mina.open('/settings')
  expect(await mina.page.getByRole('textbox', { name: status }).inputValue()).toBe('Past papers')
  await menu.click()
  await mina.page.getByRole('menuitem', { name: status }).click()
  await dialog.getByRole('button', { name: noStatus }).click()
  await dialog.waitFor({ state: 'detached' })
  await mina.open('/settings')
  expect(await mina.page.getByRole('textbox', { name: status }).inputValue()).toBe('')
})
