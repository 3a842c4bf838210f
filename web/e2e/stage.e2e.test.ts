import { expect, test } from 'vitest'
import { houseForFile } from './testing/houseForFile.ts'

const house = houseForFile()
const MINUTE = 60_000

test('STAGE-6, ATTEST-7: held chat says so and goes out at the break; a presence check asks quietly and is answered by a key', async () => {
  const mina = await house().person('Mina')
  const joon = await house().person('Joon')
  await mina.signUp()
  await joon.signUp()
  const roomId = await mina.openRoom('Quiet hour')
  // As the dialog would: here with the shortest time between two checks.
  const changed = await mina.page.request.patch(`${mina.url}/api/rooms/${roomId}`, {
    data: { stage: { chat: 'held', quiet: true }, attest: { on: true, minMs: MINUTE, maxMs: MINUTE } },
  })
  expect(changed.status()).toBe(200)
  await joon.open(`/rooms/${roomId}`)
  await joon.isIn('Quiet hour')
  await joon.page.keyboard.press('t')
  await joon.deskShows('Joon', 'studying')
  await mina.button(mina.t.room.stage.startTimer).click()
  const { t } = joon
  const held = new RegExp(t.stage.held.split('{{time}}')[0] ?? '')
  await joon.sees(held)
  await joon.composer.fill('see you at the break')
  await joon.composer.press('Enter')
  await joon.sees(t.stage.waitsHeld)
  expect(await mina.message('see you at the break').count()).toBe(0)
  await mina.button(t.room.stage.skip).click()
  await mina.message('see you at the break').waitFor()
  await joon.allStored()
  await mina.button(t.room.stage.stopTimer).click()

  const here = joon.page.getByRole('button', { name: new RegExp(t.stage.check.here) })
  await here.waitFor({ timeout: 100_000 })
  expect(await joon.page.evaluate(() => document.activeElement?.tagName)).not.toBe('BUTTON')
  await joon.page.locator('main').first().focus()
  await joon.page.keyboard.press('y')
  await here.waitFor({ state: 'hidden' })
  await joon.deskShows('Joon', 'studying')
})
