import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moved, wholeOf, zoomed, zoomOf } from './cropping.ts'

const size = fc.record({ width: fc.integer({ min: 1, max: 9000 }), height: fc.integer({ min: 1, max: 9000 }) })
const step = fc.record({
  dx: fc.double({ min: -3, max: 3, noNaN: true }),
  dy: fc.double({ min: -3, max: 3, noNaN: true }),
  zoom: fc.double({ min: 0, max: 9, noNaN: true }),
})

test('PROFILE-4: however a picture is moved and sized, it covers the whole window', () => {
  fc.assert(
    fc.property(size, fc.array(step, { maxLength: 20 }), (picture, steps) => {
      let crop = wholeOf(picture)
      for (const { dx, dy, zoom } of steps) crop = moved(picture, zoomed(picture, crop, zoom), dx, dy)
      const { x, y, scale } = crop
      expect(x).toBeLessThanOrEqual(1e-9)
      expect(y).toBeLessThanOrEqual(1e-9)
      expect(x + picture.width * scale).toBeGreaterThanOrEqual(1 - 1e-9)
      expect(y + picture.height * scale).toBeGreaterThanOrEqual(1 - 1e-9)
      expect(zoomOf(picture, crop)).toBeGreaterThanOrEqual(1 - 1e-9)
    }),
  )
})

test('PROFILE-4: what is in the middle stays there when the size changes', () => {
  const picture = { width: 400, height: 200 }
  const crop = wholeOf(picture)
  expect(crop).toEqual({ x: -0.5, y: 0, scale: 1 / 200 })
  expect(zoomed(picture, crop, 2)).toEqual({ x: -1.5, y: -0.5, scale: 1 / 100 })
})
