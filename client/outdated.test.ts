import { expect, test } from 'vitest'
import { PROTOCOL, PROTOCOL_HEADER } from '#schemas/version.ts'
import { createStudyHub } from './createStudyHub.ts'
import { memoryStorage } from './keyValue.ts'
import { afterClose } from './place/verdicts.ts'
import { HandTimers } from './testing/handTimers.ts'
import { until } from './testing/until.ts'

test('NODE-31: who is told to be outdated says so and does not ask again; every request tells the version', async () => {
  const told: (string | null)[] = []
  const timers = new HandTimers()
  const hub = createStudyHub({
    origin: 'http://node.test',
    storage: memoryStorage(),
    timers,
    fetch: async (_, init) => {
      told.push(new Headers(init?.headers).get(PROTOCOL_HEADER))
      return Response.json({ error: { code: 'outdated', message: '' } }, { status: 426 })
    },
  })
  await until(hub.outdated, () => hub.outdated.get())
  await timers.advance(60_000)
  expect(told).toEqual([String(PROTOCOL)])
  expect(afterClose('room', 4020)).toEqual({ status: 'outdated' })
  await hub.close()
})
