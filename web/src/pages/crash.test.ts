import { expect, test } from 'vitest'
import { isMissingPiece } from './crash.ts'

test('WEB-43: a piece that a deploy took away is told from a fault of ours, in every browser’s words', () => {
  for (const words of [
    'Failed to fetch dynamically imported module: https://x/assets/RoomPage-1.js',
    'error loading dynamically imported module: https://x/a.js',
    'Importing a module script failed.',
    'Unable to preload CSS for /assets/RoomPage.css',
  ])
    expect(isMissingPiece(new TypeError(words))).toBe(true)
  expect(isMissingPiece(new TypeError("Cannot read properties of undefined (reading 'x')"))).toBe(false)
  expect(isMissingPiece('text')).toBe(false)
})
