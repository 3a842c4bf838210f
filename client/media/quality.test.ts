import { expect, test } from 'vitest'
import { HandTimers } from '../testing/handTimers.ts'
import { loudness } from './level.ts'
import { countsOf, QualityWatch, qualityOf } from './quality.ts'

const report = (...stats: object[]) => new Map(stats.map((stat, i) => [String(i), stat])) as unknown as RTCStatsReport
const inbound = (packetsReceived: number, packetsLost: number) => ({
  type: 'inbound-rtp',
  packetsReceived,
  packetsLost,
})
const pair = { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.04 }

test('MCLIENT-16: quality is what was lost between two looks, and the round trip', () => {
  const before = countsOf([report(inbound(100, 50))])
  const now = countsOf([report(inbound(195, 55), pair), report({ type: 'remote-inbound-rtp', fractionLost: 0.01 })])
  expect(qualityOf(before, now)).toEqual({ level: 'fair', rttMs: 40, lossIn: 0.05, lossOut: 0.01 })
  expect(qualityOf(now, countsOf([report(inbound(5, 0), pair)])).level).toBe('good')
  expect(qualityOf(before, countsOf([report(inbound(120, 70), pair)])).level).toBe('poor')
})

test('MCLIENT-16: it is measured only while somebody watches', async () => {
  const timers = new HandTimers()
  let asked = 0
  const watch = new QualityWatch(timers, async () => {
    asked++
    return [report(inbound(asked * 100, 0), pair)]
  })
  await timers.advance(60_000)
  expect(asked).toBe(0)
  const stop = watch.view.subscribe(() => {})
  await timers.advance(10_000)
  expect(asked).toBe(4)
  expect(watch.view.get()).toEqual({ level: 'good', rttMs: 40, lossIn: 0, lossOut: 0 })
  stop()
  await timers.advance(60_000)
  expect(asked).toBe(4)
  expect(timers.pending).toBe(0)
})

test('MCLIENT-16: a level is heard as decibels: silence 0, full 1', () => {
  expect(loudness(new Float32Array(8))).toBe(0)
  expect(loudness(new Float32Array(8).fill(1))).toBe(1)
  expect(loudness(new Float32Array(8).fill(0.001))).toBeCloseTo(0, 5)
  expect(loudness(new Float32Array(8).fill(0.0316))).toBeCloseTo(0.5, 2)
})
