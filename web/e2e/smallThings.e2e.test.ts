import { expect, test } from 'vitest'
import { houseForFile } from './testing/houseForFile.ts'

const house = houseForFile()

test('WEB-50: where the browser bars the clipboard, the link is shown selected, and goes with its screen', async () => {
  const mina = await house().person('Mina')
  await mina.page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('barred', 'NotAllowedError'))
  })
  await mina.signUp()
  const roomId = await mina.openRoom('By link')
  await mina.button(mina.t.room.invite).click()
  const link = mina.page.getByRole('textbox', { name: mina.t.common.copy.title })
  await link.waitFor()
  const whole = `${mina.url}/rooms/${roomId}`
  await expect.poll(() => mina.page.evaluate(() => getSelection()?.toString())).toBe(whole)
  await mina.page.goBack()
  await link.waitFor({ state: 'detached' })
})
