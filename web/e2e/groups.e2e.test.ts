import { expect, test } from 'vitest'
import type { GroupDetail } from '#schemas/api/groups.ts'
import en from '../src/i18n/en/groups.ts'
import ko from '../src/i18n/ko/groups.ts'
import { asks } from './screens/fillCircles.ts'
import { seriousFaults } from './testing/axe.ts'
import { houseForFile } from './testing/houseForFile.ts'
import { fill } from './testing/texts.ts'

const house = houseForFile()

test('GROUP-8, GROUP-11: a group is founded, given a picture, joined by its link through signing up; a removed member loses everything at once', async () => {
  const mina = await house().person('Mina')
  const joon = await house().person('Joon', { locale: 'ko' })
  await mina.signUp()
  await mina.open('/groups')
  await mina.button(en.create).click()
  const dialog = mina.page.getByRole('dialog')
  await dialog.getByLabel(en.name, { exact: true }).fill('Night owls')
  await dialog.getByRole('button', { name: en.create }).click()
  await mina.page.getByRole('heading', { level: 1, name: 'Night owls' }).waitFor()

  await mina.page.getByLabel(en.newRoom, { exact: true }).first().fill('Owl room')
  await mina.button(en.firstRoom).click()
  await mina.sees('Owl room')
  await mina.page.getByRole('tab', { name: en.settings }).click()
  const picture = await mina.page.screenshot()
  const file = { name: 'owls.png', mimeType: 'image/png', buffer: picture }
  await mina.page.locator('input[type=file]').setInputFiles(file)
  await mina.button(mina.t.people.image.use).click()
  await mina.sees(en.saved)
  await mina.page.locator('main img').first().waitFor()
  await mina.page.getByRole('tab', { name: en.invite }).click()
  await mina.button(en.newLink).click()
  const address = await mina.page.getByTestId('group-link').inputValue()
  const { pathname } = new URL(address)

  // Signed out the link shows name and size, and leads through signing up.
  await joon.open(pathname)
  await joon.sees('Night owls')
  await joon.page.locator('main img').waitFor()
  await joon.sees(ko.ofSeats.replace('{{count}}', '1').replace('{{all}}', '30'))
  await joon.signUpByForm(`/sign-up?next=${pathname}`)
  await joon.button(ko.joinAs).click()
  await joon.page.getByRole('heading', { level: 1, name: 'Night owls' }).waitFor()
  await joon.open('/')
  await joon.page.locator('a', { hasText: 'Owl room' }).first().locator('img').first().waitFor()
  await joon.page
    .getByRole('link', { name: /Owl room/ })
    .first()
    .click()
  await joon.isIn('Owl room')

  await mina.page.getByRole('tab', { name: en.people }).click()
  await mina.button(en.acts.replace('{{name}}', 'Joon')).click()
  await mina.page.getByRole('menuitem', { name: en.kick }).click()
  await mina.page.getByRole('dialog').getByRole('button', { name: en.kick }).click()
  await joon.sees(joon.t.common.place.kicked.title)
  await joon.open('/groups')
  await joon.sees(ko.none)
  await joon.open(pathname)
  await joon.button(ko.joinAs).click()
  await joon.sees(joon.t.common.refusal.kicked)
  expect(await joon.page.getByText('Owl room').count()).toBe(0)
})

test('GROUP-16: a group without a room leads its leader to the first one, and tells a member who could open it', async () => {
  const mina = await house().person('Mina')
  const joon = await house().person('Joon', { locale: 'ko', width: 390, height: 844, touch: true })
  for (const person of [mina, joon]) await person.signUp()
  const { groupId } = await asks<{ groupId: string }>(mina, 'POST', '/api/groups', { name: 'Early birds' })
  const { code } = await asks<GroupDetail>(mina, 'GET', `/api/groups/${groupId}`)
  await asks(joon, 'POST', '/api/groups/join', { code })
  await joon.open(`/groups/${groupId}`)
  await joon.sees(fill(ko.firstRoomBy, { name: 'Mina' }))
  expect(await joon.page.getByLabel(ko.newRoom).count()).toBe(0)
  expect(await seriousFaults(joon.page)).toEqual([])

  await mina.open('/')
  await mina.page.getByRole('link', { name: /Early birds/ }).click()
  await mina.button(en.firstRoom).click()
  await mina.page.getByRole('link', { name: /^Early birds/ }).waitFor()
  await joon.page.getByRole('link', { name: /^Early birds/ }).waitFor()
  await mina.button(en.newRoom).waitFor()
})
