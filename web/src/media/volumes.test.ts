import { expect, test } from 'vitest'
import { readVolumes, volumeOf, withVolume } from './volumes.ts'

test('MWEB-20: the volume of a person is remembered from 0 to 200 percent, the usual one takes no place, the oldest are forgotten', () => {
  expect(volumeOf(withVolume({}, 'mina', 0), 'mina')).toBe(0)
  expect(volumeOf({}, 'mina')).toBe(100)
  expect(withVolume({ mina: 40 }, 'mina', 100)).toEqual({})
  let all = {}
  for (let i = 0; i < 205; i++) all = withVolume(all, `u${i}`, 150)
  expect(Object.keys(all)).toHaveLength(200)
  expect(volumeOf(all, 'u4')).toBe(100)
  expect(volumeOf(all, 'u204')).toBe(150)
})
test('MWEB-20: what was kept wrongly counts for nothing', () => {
  expect(readVolumes('{"a":50,"b":-1,"c":"x","d":900,"e":200}')).toEqual({ a: 50, e: 200 })
  expect(readVolumes('nonsense')).toEqual({})
  expect(readVolumes(null)).toEqual({})
})
