import { expect, test } from 'vitest'
import { fakeDevices } from './testing/fakeDevices.ts'
import { House } from './testing/House.ts'
import { mediaWorker } from './testing/mediaHouse.ts'
import { joinsVoice, mediaWords, voiceBar } from './testing/voice.ts'

const t = mediaWords.en

async function within(house: House, title: string, act: () => Promise<void>): Promise<void> {
  let failed = true
  try {
    await act()
    failed = false
  } finally {
    await house.endTest(title, failed).finally(() => house.close())
  }
}

test('MWEB-4: a microphone that is not allowed is explained, with what to do; one comes in and listens', async () => {
  // Nobody answers this browser's question: it says no.
  const house = await House.open(mediaWorker(), ['--use-fake-device-for-media-stream', '--deny-permission-prompts'])
  await within(house, 'denied', async () => {
    const mina = await house.person('Mina')
    await mina.signUp()
    await mina.openRoom('Quiet')
    await voiceBar(mina).getByRole('button', { name: t.voice.join, exact: true }).click()
    const dialog = mina.page.getByRole('dialog', { name: t.devices.title })
    const told = dialog.getByRole('alert')
    await told.getByText(t.failure.microphone.denied).waitFor()
    await told.getByText(t.failure.todo.denied.chromium).waitFor()
    await dialog.getByRole('button', { name: t.devices.joinListening }).click()
    await voiceBar(mina).getByRole('button', { name: t.voice.leave }).waitFor()
    await voiceBar(mina).getByRole('button', { name: t.camera.on }).click()
    await mina.sees(t.failure.camera.denied)
  })
})

test('MWEB-5: on a server without a media worker the button stays and says why it is off', async () => {
  const house = await House.open({ MEDIA: 'on', MEDIASOUP_WORKER_BIN: '/nowhere/mediasoup-worker' }, fakeDevices)
  await within(house, 'without media', async () => {
    const mina = await house.person('Mina')
    await mina.signUp()
    await mina.openRoom('Quiet')
    const bar = voiceBar(mina)
    await bar.getByText(t.off.no_worker).waitFor()
    expect(await bar.getByRole('button', { name: t.voice.join, exact: true }).isDisabled()).toBe(true)
    // The screen can still be given from one to the other.
    await mina.button(mina.t.room.screen.claim).click()
    await mina.sees(mina.t.room.screen.mine)
  })
})

test('MWEB-1: the second time one comes in by one click', async () => {
  const house = await House.open(mediaWorker(), fakeDevices)
  await within(house, 'second time', async () => {
    const mina = await house.person('Mina')
    await mina.signUp()
    await mina.openRoom('Again')
    await joinsVoice(mina)
    await voiceBar(mina).getByRole('button', { name: t.voice.leave }).click()
    await voiceBar(mina).getByRole('button', { name: t.voice.join, exact: true }).click()
    await voiceBar(mina).getByRole('button', { name: t.voice.leave }).waitFor()
    expect(await mina.page.getByRole('dialog').count()).toBe(0)
  })
})
