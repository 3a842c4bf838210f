import { expect, test } from 'vitest'
import { houseForFile } from './testing/houseForFile.ts'

const house = houseForFile()

test('WEB-20: the third warning removes; the page says so, and entering again is refused', async () => {
  const mina = await house().person('Mina')
  const joon = await house().person('Joon', { locale: 'ko' })
  await mina.signUp()
  const roomId = await mina.openRoom('Rules')
  await joon.signUp(`/rooms/${roomId}`)
  await joon.isIn('Rules')
  await mina.warn('Joon', 'too loud')
  await joon.sees('Rules에서 경고를 받았어요. (3번 중 1번)')
  await joon.sees('too loud')
  await mina.warn('Joon', 'still too loud')
  await mina.warn('Joon', 'enough')
  await joon.sees(joon.t.common.place.kicked.title)
  await mina.desk('Joon').waitFor({ state: 'detached' })
  await joon.open(`/rooms/${roomId}`)
  await joon.sees(joon.t.common.refusal.kicked)
  await joon.open('/')
  await joon.card('Rules').click()
  await joon.sees(joon.t.common.refusal.kicked)

  await mina.tab('people').click()
  await mina.button(mina.t.room.acts.letBack).click()
  await mina.button(mina.t.room.acts.letBack).waitFor({ state: 'detached' })
  await joon.open(`/rooms/${roomId}`)
  await joon.isIn('Rules')
})

test('WEB-21: a room that its owner ends says so to whoever was inside, and is there for nobody any more', async () => {
  const mina = await house().person('Mina')
  const joon = await house().person('Joon')
  await mina.signUp()
  const roomId = await mina.openRoom('Short life')
  await joon.signUp(`/rooms/${roomId}`)
  await joon.isIn('Short life')
  await mina.button(mina.t.room.settings).click()
  await mina.button(mina.t.room.change.end).click()
  await mina.page
    .getByRole('dialog', { name: mina.t.room.change.endConfirm })
    .getByRole('button', { name: mina.t.room.change.end })
    .click()
  for (const p of [mina, joon]) await p.sees(p.t.common.place.ended.title)
  await joon.open(`/rooms/${roomId}`)
  await joon.sees(joon.t.common.notFound.title)
})

test('WEB-22: markup in names and messages is shown as text, and characters that turn the writing round are refused', async () => {
  const name = '<img src=x onerror=alert(1)>'
  const mina = await house().person(name)
  await mina.page.addInitScript(() => {
    const ran: string[] = []
    Object.assign(window, { ran, alert: (text: string) => ran.push(text) })
  })
  await mina.signUp()
  await mina.openRoom('<script>alert(2)</script>')
  await mina.desk(name).waitFor()
  await mina.says('<script>alert(3)</script>', '<img src=x onerror=alert(4)>')
  await mina.readsInOrder('<script>alert(3)</script>', '<img src=x onerror=alert(4)>')
  await mina.says('[here](javascript:alert(5))')
  expect(await mina.log.locator('img, script, a').count()).toBe(0)
  await mina.composer.fill('turned \u202eround')
  await mina.composer.press('Enter')
  await mina.log.getByRole('alert').waitFor()
  // Where this test's own scripts would have left their mark.
  expect(await mina.page.evaluate(() => (window as unknown as { ran: string[] }).ran)).toEqual([])
  await mina.open('/')
  // The room stands among the live ones and, once the projection has it, among Mina's recent ones.
  await mina.card('<script>alert(2)</script>').first().waitFor()
})
