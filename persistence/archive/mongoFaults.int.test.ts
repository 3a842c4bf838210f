import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RealServer, startServer } from '../../ops/servers/startServer.ts'
import type { Archive } from '../ports/archive.ts'
import { StoreUnavailable } from '../ports/storeUnavailable.ts'
import { took } from '../testing/took.ts'
import { message } from './archive.contract.ts'
import { openMongoArchive } from './mongoArchive.ts'
import { mongoForTest } from './testing/mongoForTest.ts'

let server: RealServer
let url: string
let archive: Archive
beforeAll(async () => {
  server = await startServer('mongo')
  url = (await mongoForTest(server.settings['MONGO_URL'])).url
  archive = await openMongoArchive(url)
})
afterAll(async () => {
  await archive.close()
  await server.stop()
})

test('STORE-41: a frozen server fails reads and writes within the limit; afterwards all works again, by the same connection', async () => {
  await archive.putMessages([message(1)])
  await server.pause()
  const calls = await Promise.all([
    took(archive.newest('c')),
    took(archive.putMessages([message(2)])),
    took(archive.putPast('c', 1, 1, { text: 'old', until: 1 })),
  ])
  const later = await took(archive.page('c', { limit: 9 }))
  const opening = await took(openMongoArchive(url))
  await server.resume()
  for (const { ms, error } of [...calls, later, opening]) {
    expect(error).toBeInstanceOf(StoreUnavailable)
    expect(ms).toBeLessThan(7_500)
  }
  await archive.putMessages([message(1), message(2), message(3)])
  expect(await archive.newest('c')).toBe(3)
})

test('STORE-41: a killed server is told in seconds; what was confirmed is there when it is back, and a bulk that broke off comes again', async () => {
  const kept: number[] = []
  let away = false
  const bulk = (from: number) => Array.from({ length: 50 }, (_, i) => message(from + i, { conversation: 'killed' }))
  const writer = (async () => {
    for (let from = 1; !away; from += 50) {
      try {
        await archive.putMessages(bulk(from))
        kept.push(from)
      } catch {
        away = true
        return from
      }
    }
    return 0
  })()
  while (kept.length < 5) await archive.newest('killed')
  await server.kill()
  const broken = await writer
  const { ms, error } = await took(archive.newest('killed'))
  expect(error).toBeInstanceOf(StoreUnavailable)
  expect(ms).toBeLessThan(3_000)
  await server.start()
  const confirmed = kept.flatMap((from) => bulk(from).map((m) => m.number))
  expect(await archive.byNumbers('killed', confirmed)).toHaveLength(confirmed.length)
  await archive.putMessages(bulk(broken))
  const all = await archive.page('killed', { after: 0, limit: 100_000 })
  expect(all.map((m) => m.number)).toEqual(Array.from({ length: broken + 49 }, (_, i) => i + 1))
})
