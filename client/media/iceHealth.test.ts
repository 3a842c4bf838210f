import fc from 'fast-check'
import { Device, type FakeHandler, testFakeParameters as fake } from 'mediasoup-client'
import { expect, test } from 'vitest'
import { HandTimers } from '../testing/handTimers.ts'
import { fakeHandler } from '../testing/modelMedia.ts'
import type { StudyRequest } from '../types.ts'
import { type Health, next, RESTART_MS, RESTARTS, SHAKY_MS, type Sign } from './iceHealth.ts'
import { IceKeeper } from './iceKeeper.ts'

const walk = (...kinds: Sign['kind'][]) =>
  kinds.reduce<readonly [Health, string[]]>(
    ([health, acts], kind) => {
      const [after, act] = next(health, { kind })
      return [after, [...acts, act.do]]
    },
    [{ kind: 'well' }, []],
  )

test('MCLIENT-15: a short silence is waited for, a failure is not', () => {
  expect(walk('disconnected', 'connected')).toEqual([{ kind: 'well' }, ['wait', 'nothing']])
  expect(walk('disconnected', 'waited')[1]).toEqual(['wait', 'restart'])
  expect(walk('failed')[1]).toEqual(['restart'])
  expect(walk('network')[1]).toEqual(['restart'])
})

test('MCLIENT-15: restarts that do not help, and a transport nobody knows, end in a rebuild, once', () => {
  const tries = Array.from({ length: RESTARTS }, () => ['waited', 'waited'] as const).flat()
  const [health, acts] = walk('disconnected', ...tries)
  expect(acts.filter((act) => act === 'restart')).toHaveLength(RESTARTS)
  expect(acts.at(-1)).toBe('rebuild')
  expect(health).toEqual({ kind: 'lost' })
  expect(walk('failed', 'forgotten', 'failed', 'connected')[1]).toEqual(['restart', 'rebuild', 'nothing', 'nothing'])
})

test('MCLIENT-15: whatever comes, a way that is not well is waited for, restarted or given up, never left', () => {
  const kind = fc.constantFrom<Sign['kind']>('connected', 'disconnected', 'failed', 'network', 'waited', 'unasked')
  fc.assert(
    fc.property(fc.array(kind, { maxLength: 40 }), (kinds) => {
      let health: Health = { kind: 'well' }
      let pending = false
      for (const sign of kinds) {
        // Waits and unasked restarts come only from what was begun.
        if (sign === 'waited' && !pending) continue
        if (sign === 'unasked' && health.kind !== 'restarting') continue
        const [after, act] = next(health, { kind: sign })
        if (sign === 'waited') pending = false
        // A restart ends by a wait, by being connected, or unasked.
        if (act.do !== 'nothing') pending = act.do !== 'rebuild'
        health = after
        if (health.kind === 'well') pending = false
        expect(pending).toBe(health.kind !== 'well' && health.kind !== 'lost')
      }
    }),
  )
})

async function keeper(request: StudyRequest) {
  const device = await Device.factory({ handlerFactory: fakeHandler })
  await device.load({ routerRtpCapabilities: fake.generateRouterRtpCapabilities() })
  const transport = device.createRecvTransport(fake.generateTransportRemoteParameters())
  const timers = new HandTimers()
  const seen = { changes: 0, losses: 0 }
  const ice = new IceKeeper({
    transport,
    request,
    timers,
    changed: () => void seen.changes++,
    lost: () => void seen.losses++,
  })
  const be = (state: 'connected' | 'disconnected' | 'failed') =>
    (transport.handler as unknown as FakeHandler).setConnectionState(state)
  be('connected')
  return { ice, timers, seen, be }
}
const restarted = { iceParameters: fake.generateTransportRemoteParameters().iceParameters, iceServers: [] }

test('MCLIENT-15: the ICE of a transport that went silent is restarted, and well when connected again', async () => {
  const asked: string[] = []
  const { ice, timers, seen, be } = await keeper(async (type) => {
    asked.push(type)
    return restarted as never
  })
  be('disconnected')
  expect(ice.well).toBe(false)
  expect(asked).toEqual([])
  await timers.advance(SHAKY_MS)
  expect(asked).toEqual(['media.restartIce'])
  be('connected')
  expect(ice.well).toBe(true)
  await timers.advance(60_000)
  expect(asked).toHaveLength(1)
  expect(seen.losses).toBe(0)
})

test('MCLIENT-15: after a change of network it restarts at once; a way that held all along is no loss', async () => {
  const asked: string[] = []
  const { ice, timers, seen } = await keeper(async (type) => {
    asked.push(type)
    return restarted as never
  })
  ice.networkChanged()
  expect(asked).toEqual(['media.restartIce'])
  await timers.advance(RESTART_MS)
  expect(ice.well).toBe(true)
  expect(seen.losses).toBe(0)
  expect(timers.pending).toBe(0)
})

test('MCLIENT-15: a room that cannot be asked is asked again, then everything is made anew', async () => {
  let asked = 0
  const { timers, seen, be } = await keeper(async () => {
    asked++
    return { refused: 'unavailable' }
  })
  be('failed')
  await timers.advance(60_000)
  expect(asked).toBe(RESTARTS)
  expect(seen.losses).toBe(1)
})
