import { expect, test } from 'vitest'
import { stretch } from '#client/testing/stretch.ts'
import type { House } from './testing/House.ts'
import { houseForFile } from './testing/houseForFile.ts'

const house = houseForFile()

/** Two people in one room; the second one sits behind a network that can be broken. */
async function twoIn(room: string, at: House) {
  const mina = await at.person('Mina')
  const joon = await at.person('Joon', { breakable: true })
  await mina.signUp()
  const roomId = await mina.openRoom(room)
  await joon.signUp(`/rooms/${roomId}`)
  await joon.isIn(room)
  await joon.says('before')
  for (const p of [mina, joon]) await p.readsInOrder('before')
  return { mina, joon, roomId }
}

test('WEB-10: three messages written during ten seconds without a network are there once and in order, for both', async () => {
  const { mina, joon } = await twoIn('A tunnel', house())
  house().network.cut()
  const cutAt = performance.now()
  const banner = joon.page.getByRole('status').getByText(/What you write is kept/)
  await banner.waitFor()
  await joon.says('first in the tunnel', 'second in the tunnel', 'third in the tunnel')
  await mina.says('meanwhile')
  expect(await mina.log.getByText('first in the tunnel').count()).toBe(0)
  await stretch(10_000 - (performance.now() - cutAt))
  expect(await banner.count()).toBe(1)
  house().network.heal()
  await banner.waitFor({ state: 'detached' })
  const all = ['before', 'meanwhile', 'first in the tunnel', 'second in the tunnel', 'third in the tunnel']
  for (const p of [mina, joon]) await p.readsInOrder(...all)
  await joon.allStored()
})

test('WEB-11: what was not sent yet survives a reload and is sent once, in order', async () => {
  const { mina, joon, roomId } = await twoIn('Reloaded', house())
  house().network.cut()
  await joon.page
    .getByRole('status')
    .getByText(/What you write is kept/)
    .waitFor()
  await joon.says('kept one', 'kept two')
  await joon.page.goto('about:blank')
  house().network.heal()
  await joon.open(`/rooms/${roomId}`)
  for (const p of [mina, joon]) await p.readsInOrder('before', 'kept one', 'kept two')
  await joon.allStored()
})

test('WEB-12: a second tab takes the place over; the first says so and takes it back with one click', async () => {
  const mina = await house().person('Mina')
  await mina.signUp()
  const roomId = await mina.openRoom('One seat')
  const second = await mina.anotherTab(`/rooms/${roomId}`)
  await second.getByRole('heading', { level: 1, name: 'One seat' }).waitFor()
  await mina.sees(mina.t.common.place.elsewhere.title)
  await mina.button(mina.t.common.place.elsewhere.action).click()
  await mina.isIn('One seat')
  await second.getByText(mina.t.common.place.elsewhere.title).waitFor()
  expect(await mina.desk('Mina').count()).toBe(1)
})

test('WEB-13: the server killed under two browsers: they say so, come back by themselves, and nothing is lost or doubled', async () => {
  const { mina, joon, roomId } = await twoIn('kill -9', house())
  await mina.button(mina.t.room.stage.start).click()
  await joon.deskShows('Mina', 'studying')
  await joon.says('last before the end')
  await joon.allStored()
  await house().restartAfterKill(async () => {
    for (const p of [mina, joon])
      await p.page
        .getByRole('status')
        .getByText(/What you write is kept/)
        .waitFor()
    await joon.says('written while it was dead')
    await mina.says('so was this')
  })
  for (const p of [mina, joon]) {
    await p.page.getByText(/What you write is kept/).waitFor({ state: 'detached' })
    await p.isIn('kill -9')
  }
  const standing = () => mina.standing(['before', 'last before the end', 'written while it was dead', 'so was this'])
  await expect
    .poll(async () => (await standing()).toSorted(), { timeout: 20_000 })
    .toEqual(['before', 'last before the end', 'so was this', 'written while it was dead'])
  await joon.readsInOrder(...(await standing()))
  await mina.allStored()
  await mina.open(`/rooms/${roomId}`)
  await mina.readsInOrder(...(await joon.standing(await standing())))
})
