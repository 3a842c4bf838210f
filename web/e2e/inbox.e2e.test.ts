import { expect, test } from 'vitest'
import { eventually } from './testing/eventually.ts'
import { houseForFile } from './testing/houseForFile.ts'
import type { Person } from './testing/Person.ts'
import { fill } from './testing/texts.ts'

const house = houseForFile()

/** Opens the list and waits for this line in it. */
async function opensBell(person: Person, news: number) {
  const { page, t } = person
  const name = news === 0 ? t.inbox.open : fill(t.inbox.openNew_other, { count: news })
  await person.button(name).click()
  const list = page.getByRole('dialog', { name: t.inbox.title })
  await list.waitFor()
  return list
}

async function chooses(person: Person, choice: 'dnd') {
  const { page, t } = person
  await page.getByRole('navigation').getByRole('button', { name: person.name }).click()
  await page.getByRole('menuitemradio', { name: t.presence.choice[choice], exact: true }).click()
  await page.getByRole('menu').waitFor({ state: 'hidden' })
}

test('INBOX-3, INBOX-4: what one was told stands in the list, also over a lost network and a reload; warnings come over do not disturb', async () => {
  const mina = await house().person('Mina')
  const joon = await house().person('Joon', { breakable: true })
  await mina.signUp()
  const roomId = await mina.openRoom('Told')
  await joon.signUp(`/rooms/${roomId}`)
  await joon.isIn('Told')
  await joon.button(joon.t.inbox.open).waitFor()
  await chooses(joon, 'dnd')
  await mina.warn(joon.name, 'too loud')
  await joon.page.getByRole('alert').getByText('too loud').waitFor()
  const bell = (count: number) => joon.button(fill(joon.t.inbox.openNew_other, { count }))
  await bell(1).waitFor()

  house().network.cut()
  await joon.page.getByText(/What you write is kept/).waitFor()
  await mina.warn(joon.name, 'still too loud')
  house().network.heal()
  await bell(2).waitFor()
  const list = await opensBell(joon, 2)
  const rows = list.getByRole('listitem')
  await eventually(() => rows.count(), 2)
  const newest = await rows.first().innerText()
  for (const part of [fill(joon.t.inbox.kind.warned, { roomName: 'Told' }), 'still too loud', joon.t.inbox.fresh])
    expect(newest).toContain(part)
  await joon.page.keyboard.press('Escape')
  await joon.button(joon.t.inbox.open).waitFor()

  await joon.page.reload()
  const again = await opensBell(joon, 0)
  await again.getByText('too loud', { exact: true }).waitFor()
  expect(await again.getByText(joon.t.inbox.fresh, { exact: true }).count()).toBe(0)
})
