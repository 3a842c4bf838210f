import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { addDays } from '#schemas/time/calendar.ts'
import { dayCalled } from '#schemas/time/day.ts'
import { circle } from '#server/testing/circle.ts'
import { seriousFaults } from './testing/axe.ts'
import { houseForFile } from './testing/houseForFile.ts'

const house = houseForFile()
const MINUTE = 60_000

test('WEB-60, WEB-61: a month of study in the heat map: found by keys, shown by day, counted in the figures', async () => {
  const mina = await house().person('Mina', { locale: 'en' })
  await mina.signUp()
  const { page } = mina
  const me = await page.evaluate(async () => (await fetch('/api/me')).json())
  const facts = circle(house().server)
  const { today } = await page.evaluate(async () => (await fetch('/api/study/summary')).json())
  // A month: every day the number of its distance in minutes on top of half an hour, without the fifth day before today.
  for (let i = 1; i <= 30; i++) {
    if (i === 5) continue
    const { dayStartsAt } = dayCalled(addDays(today, -i), me.timeZone, me.dayStartHour)
    await facts.book(me.id, dayStartsAt, dayStartsAt + (30 + i) * MINUTE)
  }
  await facts.close()

  await mina.open('/study')
  const map = page.getByRole('grid', { name: mina.t.record.year })
  await map.waitFor()
  await expect.poll(() => map.locator('button[data-level="1"]').count()).toBe(28)
  expect(await map.locator('button[data-level="2"]').count()).toBe(1)
  // 25 days before the gap, which a freeze has saved, and four after it.
  await page.getByText('29 days', { exact: true }).waitFor()

  await map.locator('button[tabindex="0"]').focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/study?day=${addDays(today, -2)}`)
  const day = page.locator('section[aria-live]')
  await day.getByText('32 min', { exact: true }).waitFor()
  expect(await day.getByRole('row').count()).toBe(2)
  await page.reload()
  await day.getByText('32 min', { exact: true }).waitFor()

  await mina.button(mina.t.record.goals).click()
  await page.getByLabel(mina.t.record.dailyGoal).fill('31')
  await mina.button(mina.t.common.save).click()
  await page.getByText('of 31 min').waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), mina.button(mina.t.record.download).click()])
  const text = await readFile(await file.path(), 'utf8')
  const lines = text.trim().split('\r\n')
  expect(lines).toHaveLength(30)
  expect(lines[0]).toContain(mina.t.record.csv.minutes)
  expect(lines.at(-1)).toBe(`${addDays(today, -1)},31,yes`)
  expect(await seriousFaults(page)).toEqual([])
})
