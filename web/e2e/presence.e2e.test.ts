import { expect, test } from 'vitest'
import { eventually } from './testing/eventually.ts'
import { houseForFile } from './testing/houseForFile.ts'
import type { Person } from './testing/Person.ts'
import { fill, type Texts } from './testing/texts.ts'

const house = houseForFile()

type Choice = keyof Texts['presence']['choice']

async function chooses(person: Person, choice: Choice) {
  const { page, t } = person
  await page.getByRole('navigation').getByRole('button', { name: person.name }).click()
  await page.getByRole('menuitemradio', { name: t.presence.choice[choice], exact: true }).click()
  await page.getByRole('menu').waitFor({ state: 'hidden' })
}

/** By the same calls that any screen makes, from within the page. */
async function calls(person: Person, path: string, body: unknown) {
  const status = await person.page.evaluate(
    async ([to, what]) =>
      (
        await fetch(to, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(what),
        })
      ).status,
    [path, body] as const,
  )
  expect(status).toBeLessThan(300)
}

const friend = (viewer: Person, name: string) =>
  viewer.page
    .getByRole('region', { name: viewer.t.presence.friendsHere })
    .getByRole('listitem')
    .filter({ hasText: name })

const shows = (viewer: Person, name: string, state: keyof Texts['presence']['state']) =>
  friend(viewer, name).getByRole('img', { name: viewer.t.presence.state[state], exact: true }).waitFor()

/** Takes the page out of sight, or back: a headless browser hides none by itself. */
async function hides(person: Person, hidden: boolean) {
  await person.page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}

test('PRESENCE-1, PRESENCE-2, PRESENCE-7: a friend is seen coming, away, not to be disturbed, invisible, in a room, and going', async () => {
  const mina = await house().person('Mina')
  const joon = await house().person('Joon')
  await mina.signUp()
  await joon.signUp()
  await mina.button(mina.t.inbox.open).waitFor()
  await calls(joon, '/api/people/requests', { handle: mina.handle })
  await mina.sees(fill(mina.t.inbox.kind.friendAsked, { byName: 'Joon' }))
  await chooses(mina, 'dnd')
  await calls(mina, '/api/people/requests', { handle: joon.handle })
  await mina.page.reload()
  await friend(mina, 'Joon').waitFor()
  await shows(mina, 'Joon', 'online')
  await joon.page.reload()
  await shows(joon, 'Mina', 'dnd')
  expect(await friend(mina, 'Joon').innerText()).toContain(mina.t.presence.inLobby)

  await hides(joon, true)
  await shows(mina, 'Joon', 'away')
  await hides(joon, false)
  await shows(mina, 'Joon', 'online')
  await chooses(joon, 'invisible')
  await friend(mina, 'Joon').waitFor({ state: 'detached' })
  await chooses(joon, 'online')
  await shows(mina, 'Joon', 'online')

  await joon.openRoom('Quiet maths')
  await friend(mina, 'Joon').getByRole('link', { name: 'Quiet maths' }).waitFor()
  await hides(joon, true)
  await shows(mina, 'Joon', 'away')
  await hides(joon, false)
  await joon.button(joon.t.room.stage.start).click()
  await joon.button(joon.t.room.stage.stop).waitFor()
  await hides(joon, true)
  await shows(mina, 'Joon', 'online')
  await joon.button(joon.t.room.stage.stop).click()
  await shows(mina, 'Joon', 'away')
  await hides(joon, false)
  await joon.leave()
  await eventually(async () => (await friend(mina, 'Joon').innerText()).includes(mina.t.presence.inLobby), true)
  await joon.close()
  await friend(mina, 'Joon').waitFor({ state: 'detached' })
})

test('INBOX-4: do not disturb keeps short messages back; they stand in the list', async () => {
  const mina = await house().person('Mina')
  const joon = await house().person('Joon')
  await mina.signUp()
  await joon.signUp()
  await mina.button(mina.t.inbox.open).waitFor()
  await chooses(mina, 'dnd')
  await calls(joon, '/api/people/requests', { handle: mina.handle })
  await mina.button(fill(mina.t.inbox.openNew_one, { count: 1 })).click()
  const list = mina.page.getByRole('dialog', { name: mina.t.inbox.title })
  await list.getByText(fill(mina.t.inbox.kind.friendAsked, { byName: 'Joon' })).waitFor()
  expect(await mina.page.getByRole('alert').count()).toBe(0)
})
