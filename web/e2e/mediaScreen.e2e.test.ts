import { expect, test } from 'vitest'
import { mediaHouse } from './testing/mediaHouse.ts'
import type { Person } from './testing/Person.ts'
import { sitTogether } from './testing/sitTogether.ts'
import { fill } from './testing/texts.ts'
import { joinsVoice, mediaWords, moves, screenOf, voiceBar } from './testing/voice.ts'

const house = mediaHouse()
const t = mediaWords.en

async function shares(person: Person): Promise<void> {
  const bar = voiceBar(person)
  await bar.getByRole('button', { name: t.share.start, exact: true }).click()
  await person.page.getByRole('menuitem', { name: new RegExp(`^${t.share.text}`) }).click()
  await person.sees(t.share.mine)
}

test('MWEB-30, MWEB-12: a shared screen is seen large by the others and not by its owner; handed over, the first share ends and the other begins; its owner stops it', async () => {
  const [mina, joon] = (await sitTogether(house(), 'One screen', 'Mina', 'Joon')) as [Person, Person]
  for (const person of [mina, joon]) await joinsVoice(person)
  await shares(mina)
  const seen = screenOf(joon, 'Mina')
  await moves(seen)
  const tile = await seen.boundingBox()
  expect(tile?.width).toBeGreaterThan(500)
  expect(await seen.evaluate((video) => getComputedStyle(video).objectFit)).toBe('contain')
  expect(await mina.page.locator('video').count()).toBe(0)

  await joon.button(joon.t.room.screen.request).click()
  await mina.button(fill(mina.t.room.screen.handTo, { name: 'Joon' })).click()
  await mina.page.getByText(t.share.mine).waitFor({ state: 'detached' })
  await seen.waitFor({ state: 'detached' })
  await joon.sees(joon.t.room.screen.mine)
  await shares(joon)
  await moves(screenOf(mina, 'Joon'))

  await joon.page.getByRole('main').getByRole('button', { name: t.share.stop }).first().click()
  await screenOf(mina, 'Joon').waitFor({ state: 'detached' })
  await mina.sees(mina.t.room.screen.free)
})
