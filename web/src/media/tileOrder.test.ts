import { expect, test } from 'vitest'
import { arrangeTiles, type Tile, tileKey } from './tileOrder.ts'

const tile = (userId: string, source: Tile['source'] = 'camera', mine = false): Tile => ({
  key: tileKey(userId, source),
  userId,
  source,
  mine,
})
const [me, mina, joon] = [tile('me', 'camera', true), tile('mina'), tile('joon')]
const screen = tile('joon', 'screen')
const keys = ({ main, rest }: ReturnType<typeof arrangeTiles>) => [main?.key ?? null, rest.map((t) => t.key)]

test('MWEB-12: in the grid all are alike, in the order of the desks with oneself last', () => {
  const shown = { tiles: [me, mina, joon], pinned: null, layout: 'grid', speaker: 'mina' } as const
  expect(keys(arrangeTiles(shown))).toEqual([null, ['mina camera', 'joon camera', 'me camera']])
})
test('MWEB-12: a shared screen is the largest thing, whatever the layout; a pinned tile comes before it', () => {
  const shown = { tiles: [me, mina, joon, screen], pinned: null, layout: 'grid', speaker: 'mina' } as const
  expect(arrangeTiles(shown).main).toBe(screen)
  expect(arrangeTiles({ ...shown, layout: 'speaker' }).main).toBe(screen)
  expect(arrangeTiles({ ...shown, pinned: mina.key }).main).toBe(mina)
  expect(arrangeTiles({ ...shown, pinned: 'gone camera' }).main).toBe(screen)
})
test('MWEB-12: whoever spoke last is large in the speaker layout, never oneself while another is there', () => {
  const shown = { tiles: [me, mina, joon], pinned: null, layout: 'speaker', speaker: 'joon' } as const
  expect(arrangeTiles(shown).main).toBe(joon)
  expect(arrangeTiles({ ...shown, speaker: 'me' }).main).toBe(mina)
  expect(arrangeTiles({ ...shown, tiles: [me] }).main).toBeNull()
})
