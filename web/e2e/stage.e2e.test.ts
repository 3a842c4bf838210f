import { expect, test } from 'vitest'
import { checksComeSoon } from './testing/checksComeSoon.ts'
import { eventually } from './testing/eventually.ts'
import { houseForFile } from './testing/houseForFile.ts'
import { fill } from './testing/texts.ts'

const house = houseForFile(checksComeSoon)
const [SOON, MINUTE] = [2_000, 60_000]

test('STAGE-6, ATTEST-7, ATTEST-8: held chat says so and goes out at the break; a presence check asks quietly, in every tab, and is answered by a key or from the lobby', async () => {
  const mina = await house().person('Mina')
  const joon = await house().person('Joon')
  await mina.signUp()
  await joon.signUp()
  const roomId = await mina.openRoom('Quiet hour')
  // As the dialog would.
  const change = async (data: object) => {
    const changed = await mina.page.request.patch(`${mina.url}/api/rooms/${roomId}`, { data })
    expect(changed.status()).toBe(200)
  }
  const checksEvery = (ms: number) => change({ attest: { on: true, minMs: ms, maxMs: ms } })
  await change({ stage: { chat: 'held', quiet: true } })
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
  await mina.button(t.room.stage.start).click()
  await mina.deskShows('Mina', 'studying')

  // Another tab, in the lobby: it is asked as well, and its answer is as good.
  const lobby = await joon.anotherTab('/')
  const question = { name: new RegExp(t.stage.check.here) }
  const here = joon.page.getByRole('button', question)
  const there = lobby.getByRole('button', question)
  await checksEvery(SOON)
  await here.waitFor()
  expect(await joon.page.evaluate(() => document.activeElement?.tagName)).not.toBe('BUTTON')
  await there.waitFor()
  await mina.page.getByRole('button', question).waitFor()
  // Who is asked still is; the next checks are far.
  await checksEvery(MINUTE)
  await lobby.getByText(fill(t.stage.check.elsewhere, { room: 'Quiet hour' })).waitFor()
  expect(await lobby.title()).toContain(t.stage.check.tab)
  await there.click()
  await here.waitFor({ state: 'hidden' })
  await there.waitFor({ state: 'hidden' })
  await eventually(() => lobby.title(), 'StudyHub')
  await joon.deskShows('Joon', 'studying')

  await mina.page.locator('main').first().focus()
  await mina.page.keyboard.press('y')
  await mina.page.getByRole('button', question).waitFor({ state: 'hidden' })
  await mina.deskShows('Mina', 'studying')
})

test('INBOX-3: the bell of the rail and that of the tab bar are one: a window made narrow and wide again asks for nothing', async () => {
  const mina = await house().person('Mina')
  await mina.signUp()
  const bell = mina.page.getByRole('button', { name: mina.t.inbox.open })
  await bell.waitFor()
  await mina.page.waitForLoadState('networkidle')
  let asked = 0
  mina.page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/inbox') asked++
  })
  await mina.page.setViewportSize({ width: 390, height: 844 })
  await bell.filter({ hasText: mina.t.inbox.title }).waitFor()
  await mina.page.setViewportSize({ width: 1280, height: 800 })
  await bell.filter({ hasNotText: mina.t.inbox.title }).waitFor()
  expect(asked).toBe(0)
})
