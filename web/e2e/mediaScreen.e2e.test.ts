import { expect, test } from 'vitest'
import { eventually } from './testing/eventually.ts'
import { mediaHouse } from './testing/mediaHouse.ts'
import type { Person } from './testing/Person.ts'
import { hears, sees } from './testing/rtcStats.ts'
import { sitTogether } from './testing/sitTogether.ts'
import { fill } from './testing/texts.ts'
import { cameraOf, control, joinsVoice, mediaWords, moves, screenOf, turnsOn, voiceBar } from './testing/voice.ts'
import { playsOn } from './testing/watchSound.ts'

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

/** What the browser shows alone on its whole screen, or in a window of its own: of whom, null for nothing. */
const alone = (person: Person): Promise<(string | null)[]> =>
  person.page.evaluate(() => {
    const apart = document.pictureInPictureElement as HTMLVideoElement | null
    const whole = document.fullscreenElement?.querySelector('video')
    return [whole?.ariaLabel ?? null, apart && apart.videoWidth > 0 ? 'apart' : null]
  })

test('MWEB-14: a picture fills the screen by button and by double click; in a window of its own it goes on over other screens, until it is closed there or here', async () => {
  const [mina, joon] = (await sitTogether(house(), 'Large and apart', 'Mina', 'Joon')) as [Person, Person]
  for (const person of [mina, joon]) await joinsVoice(person)
  await turnsOn(mina, 'camera')
  const camera = cameraOf(joon, 'Mina')
  await moves(camera)
  const name = fill(t.tiles.of, { name: 'Mina' })
  await camera.hover()
  await joon.button(t.tiles.fullScreen).click()
  await eventually(() => alone(joon), [name, null])
  await moves(camera)
  await joon.button(t.tiles.leaveFullScreen).click()
  await eventually(() => alone(joon), [null, null])
  await camera.dblclick()
  await eventually(() => alone(joon), [name, null])
  await camera.dblclick()
  await eventually(() => alone(joon), [null, null])

  const chooses = async (act: string) => {
    await camera.hover()
    await joon.button(fill(t.tiles.acts, { name: 'Mina' })).click()
    await joon.page.getByRole('menuitem', { name: act, exact: true }).click()
  }
  await chooses(t.tiles.apart)
  await eventually(() => alone(joon), [null, 'apart'])
  await joon.page.getByRole('link', { name: joon.t.common.lobby }).first().click()
  await joon.page.waitForURL((url) => url.pathname === '/')
  // The room's own tiles are gone; this picture is still asked for, and moves.
  await sees(joon.page, 1)
  await eventually(() => alone(joon), [null, 'apart'])
  await joon.page
    .getByRole('link', { name: /Large and apart/ })
    .first()
    .click()
  await moves(camera)
  await chooses(t.tiles.notApart)
  await eventually(() => alone(joon), [null, null])
  await chooses(t.tiles.apart)
  await eventually(() => alone(joon), [null, 'apart'])
  // As by the window's own button.
  await joon.page.evaluate(() => document.exitPictureInPicture())
  await eventually(() => alone(joon), [null, null])
  await chooses(t.tiles.apart)
  await eventually(() => alone(joon), [null, 'apart'])
  await control(mina, t.camera.off).click()
  await eventually(() => alone(joon), [null, null])
})

test('MWEB-21: the chosen speaker plays what is heard at once, and whatever comes later', async () => {
  const [mina, joon] = (await sitTogether(house(), 'Which speaker', 'Mina', 'Joon')) as [Person, Person]
  for (const person of [mina, joon]) await joinsVoice(person)
  await turnsOn(mina, 'mic')
  await eventually(() => playsOn(joon.page), [''])
  await control(joon, t.voice.more).click()
  await joon.page.getByRole('menuitem', { name: t.devices.title }).click()
  const dialog = joon.page.getByRole('dialog', { name: t.devices.title })
  const choice = dialog.getByLabel(t.devices.speaker, { exact: true })
  const other = (await choice.getByRole('option').allInnerTexts()).at(-1) ?? ''
  expect(other).not.toBe(t.devices.usual)
  await choice.selectOption(other)
  await eventually(() => playsOn(joon.page), [other])
  await dialog.getByRole('button', { name: t.devices.done }).click()
  await hears(joon.page, 1)
  await control(joon, t.voice.leave).click()
  await joinsVoice(joon)
  await eventually(() => playsOn(joon.page), [other])
})
