import { expect, test } from 'vitest'
import { mediaHouse } from './testing/mediaHouse.ts'
import type { Person } from './testing/Person.ts'
import { endOfPackets, hears, sees } from './testing/rtcStats.ts'
import { sitTogether } from './testing/sitTogether.ts'
import { fill } from './testing/texts.ts'
import { cameraOf, control, joinsVoice, mediaWords, moves, turnsOn, voiceBar } from './testing/voice.ts'

const house = mediaHouse()
const t = mediaWords.en

const deskMark = (person: Person, name: string, mark: string) => person.desk(name).getByRole('img', { name: mark })

test('MWEB-1, MWEB-2, MWEB-3, MWEB-10: three browsers come into the voice by one button, hear and see each other; a muted one is heard and shown no more', async () => {
  const people = await sitTogether(house(), 'Three who talk', 'Mina', 'Joon', 'Sora')
  const [mina, joon, sora] = people as [Person, Person, Person]
  await voiceBar(mina).getByText(t.voice.nobody).waitFor()
  for (const person of people) await joinsVoice(person)
  await voiceBar(mina).getByTitle('Mina, Joon, and Sora').waitFor()
  // Muted at first: nobody is heard before he says so himself.
  await deskMark(mina, 'Joon', t.mark.muted).waitFor()
  for (const person of people) {
    await turnsOn(person, 'mic')
    await turnsOn(person, 'camera')
  }
  for (const person of people) {
    await hears(person.page, 2)
    for (const { name } of people) await moves(cameraOf(person, name))
    await sees(person.page, 2)
  }
  await deskMark(mina, 'Joon', t.mark.speaking).waitFor()
  await deskMark(mina, 'Joon', t.mark.camera).waitFor()

  await joon.page.keyboard.press('m')
  await deskMark(mina, 'Joon', t.mark.muted).waitFor()
  await hears(mina.page, 1)
  await hears(sora.page, 1)
  await hears(joon.page, 2)

  await control(sora, t.ears.off).click()
  await deskMark(mina, 'Sora', t.mark.deafened).waitFor()
  await control(joon, t.camera.off).click()
  await cameraOf(mina, 'Joon').waitFor({ state: 'detached' })
  await control(joon, t.voice.leave).click()
  await voiceBar(mina).getByTitle('Mina and Sora').waitFor()
  await voiceBar(joon).getByRole('button', { name: t.voice.join, exact: true }).waitFor()
})

test('MWEB-11, MWEB-13, MWEB-10: on another screen the bar of the place has microphone and leave, one still hears, and pictures stop; back in the room they move again', async () => {
  const [mina, joon] = (await sitTogether(house(), 'Two who wander', 'Mina', 'Joon')) as [Person, Person]
  for (const person of [mina, joon]) await joinsVoice(person)
  await turnsOn(mina, 'mic')
  await turnsOn(mina, 'camera')
  await moves(cameraOf(joon, 'Mina'))
  await joon.page.getByRole('link', { name: joon.t.common.lobby }).first().click()
  await joon.page.waitForURL((url) => url.pathname === '/')
  const bar = joon.page.getByRole('region', { name: 'Two who wander' })
  await bar.getByRole('button', { name: t.mic.on }).waitFor()
  await hears(joon.page, 1)
  await sees(joon.page, 0)
  await joon.page.keyboard.press('m')
  await bar.getByRole('button', { name: t.mic.off }).waitFor()
  await hears(mina.page, 1)
  await joon.page
    .getByRole('link', { name: /Two who wander/ })
    .first()
    .click()
  await moves(cameraOf(joon, 'Mina'))
  await sees(joon.page, 1)

  // Held keys speak, with push to talk.
  await control(joon, t.voice.more).click()
  await joon.page.getByRole('menuitem', { name: t.devices.title }).click()
  const dialog = joon.page.getByRole('dialog', { name: t.devices.title })
  await dialog.getByRole('switch', { name: t.devices.pushToTalk }).check()
  await dialog.getByRole('button', { name: t.devices.done }).click()
  await deskMark(mina, 'Joon', t.mark.muted).waitFor()
  await joon.page.keyboard.down('m')
  await deskMark(mina, 'Joon', t.mark.speaking).waitFor()
  await joon.page.keyboard.up('m')
  await deskMark(mina, 'Joon', t.mark.muted).waitFor()
})

test('MWEB-40, MWEB-41, MROOM-16: whoever leads mutes one or all, stops a camera and allows none, and they are told; a focus closes the microphones of members where the room wants it', async () => {
  const [mina, joon] = (await sitTogether(house(), 'Led', 'Mina', 'Joon')) as [Person, Person]
  for (const person of [mina, joon]) await joinsVoice(person)
  await turnsOn(joon, 'mic')
  await turnsOn(joon, 'camera')
  const act = async (name: string) => {
    await mina.desk('Joon').click()
    await mina.page.getByRole('menuitem', { name, exact: true }).click()
  }
  await act(t.acts.mute)
  await joon.sees(fill(t.told.muted, { name: 'Mina' }))
  await control(joon, t.mic.on).waitFor()
  await act(t.acts.stopCamera)
  await joon.sees(fill(t.told.stopped.camera, { name: 'Mina' }))
  await control(joon, t.camera.on).waitFor()
  // He may go on; unless he is allowed no camera any more, until he is again.
  await turnsOn(joon, 'camera')
  await act(t.acts.bar.camera)
  await joon.page.getByRole('button', { name: t.camera.barred }).waitFor()
  await cameraOf(mina, 'Joon').waitFor({ state: 'detached' })
  await act(t.acts.allow.camera)
  await turnsOn(joon, 'camera')
  // Until all are muted.
  await turnsOn(joon, 'mic')
  await control(mina, t.voice.more).click()
  await mina.page.getByRole('menuitem', { name: t.voice.muteAll }).click()
  await mina.sees(fill(t.voice.mutedAll_one, { count: 1 }))
  await control(joon, t.mic.on).waitFor()

  await turnsOn(joon, 'mic')
  await mina.button(mina.t.room.settings).click()
  const settings = mina.page.getByRole('dialog')
  await settings.getByLabel(t.rules.microphones).selectOption('breaks')
  await settings.getByLabel(t.rules.cameras).uncheck()
  await settings.getByRole('button', { name: mina.t.room.change.save }).click()
  await settings.waitFor({ state: 'hidden' })
  await joon.page.getByRole('button', { name: t.camera.forbidden }).waitFor()
  await mina.button(mina.t.room.stage.startTimer).click()
  await joon.page.getByRole('button', { name: t.mic.breaks }).waitFor()
  await deskMark(mina, 'Joon', t.mark.muted).waitFor()
  await joon.sees(t.told.mutedByPhase)
  await mina.button(mina.t.room.stage.skip).click()
  await turnsOn(joon, 'mic')
  await deskMark(mina, 'Joon', t.mark.speaking).waitFor()
})

test('MWEB-42: the media of a removed member end at once for all others', async () => {
  const [mina, joon] = (await sitTogether(house(), 'Order', 'Mina', 'Joon')) as [Person, Person]
  for (const person of [mina, joon]) await joinsVoice(person)
  await turnsOn(joon, 'mic')
  await turnsOn(joon, 'camera')
  await moves(cameraOf(mina, 'Joon'))
  await hears(mina.page, 1)
  await mina.desk('Joon').click()
  await mina.page.getByRole('menuitem', { name: mina.t.room.acts.kick, exact: true }).click()
  const dialog = mina.page.getByRole('dialog')
  const quiet = endOfPackets(mina.page)
  await dialog.getByRole('button', { name: mina.t.room.acts.kick, exact: true }).click()
  const at = performance.timeOrigin + performance.now()
  const ms = (await quiet) - at
  console.log(`removed: the last packet came ${Math.round(ms)} ms after the click`)
  expect(ms).toBeLessThan(4_000)
  await cameraOf(mina, 'Joon').waitFor({ state: 'detached' })
})
