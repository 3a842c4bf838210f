import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { houseForFile } from './testing/houseForFile.ts'

const house = houseForFile()
const BUDGET = 250 * 1024

test('WEB-32: a visitor loads at most 250 KB of JavaScript (gzip) before the first room', async () => {
  const visitor = await house().person('visitor', { locale: 'ko' })
  const sizes = new Map<string, number>()
  const reading: Promise<void>[] = []
  visitor.page.on('response', (response) => {
    if (!response.url().endsWith('.js')) return
    reading.push(
      response.body().then((body) => void sizes.set(new URL(response.url()).pathname, gzipSync(body).length)),
    )
  })
  await visitor.open('/')
  await visitor.sees(visitor.t.lobby.emptyTitle)
  await visitor.page.waitForLoadState('networkidle')
  await Promise.all(reading)
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  expect(total, JSON.stringify(Object.fromEntries(sizes), null, 1)).toBeLessThanOrEqual(BUDGET)
})
