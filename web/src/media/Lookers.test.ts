import { expect, test } from 'vitest'
import { Lookers, lookingAt } from './Lookers.ts'

test('MWEB-13: of several who look at a video the largest counts; it is hidden when nobody does, and told only when it changes', () => {
  const told: string[] = []
  const lookers = new Lookers({ look: (...look) => void told.push(look.join(' ')) })
  const [tile, apart] = [{}, {}]
  lookers.set(tile, 'mina', 'camera', 'small')
  lookers.set(apart, 'mina', 'camera', 'medium')
  lookers.set(tile, 'mina', 'camera', 'small')
  lookers.set(tile, 'mina', 'camera', null)
  lookers.set(apart, 'mina', 'camera', null)
  lookers.set(tile, 'mina', 'camera', 'small')
  expect(told).toEqual(['small', 'medium', 'hidden', 'small'].map((looking) => `mina camera ${looking}`))
})
test('MWEB-13: how large a video is on the screen says how much of it is asked for', () => {
  expect([0, 160, 320, 640, 1200].map(lookingAt)).toEqual(['hidden', 'small', 'medium', 'medium', 'large'])
})
