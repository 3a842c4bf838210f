import { expect, test } from 'vitest'
import { guest, opensRoom, sitsDown } from './testing/crowd.ts'
import { houseForFile } from './testing/houseForFile.ts'
import { newestOnly, tellsOldVersion } from './testing/tellsOldVersion.ts'

const house = houseForFile(newestOnly)

test('WEB-65 (NODE-31): a page that is too old says so instead of a room and above every screen, leaves no place, and is right after a reload', async () => {
  const host = await guest(house().url, 'Host')
  const roomId = await opensRoom(host, { name: 'Long evening' })
  await sitsDown(host, roomId)
  const mina = await house().person('Mina')
  const { page, t } = mina
  const reload = mina.button(t.common.place.outdated.action)
  await mina.signUp()
  await mina.card('Long evening').waitFor()
  await tellsOldVersion(mina, '**/api/**')
  await mina.card('Long evening').click()
  await page.getByRole('heading', { name: t.common.place.outdated.title }).waitFor()
  expect(await reload.count()).toBe(1)
  await page.unrouteAll()
  await reload.click()
  await mina.isIn('Long evening')

  await tellsOldVersion(mina, '**/api/**')
  await page.getByRole('link', { name: t.common.myStudy, exact: true }).click()
  await reload.waitFor()
  await page.getByRole('region', { name: 'Long evening' }).waitFor()
  await page.unrouteAll()
  await reload.click()
  await page.getByRole('grid', { name: t.record.year }).waitFor()
  expect(await reload.count()).toBe(0)
  await host.hub.close()
})
