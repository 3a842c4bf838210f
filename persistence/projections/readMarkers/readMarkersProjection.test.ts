import { expect, test } from 'vitest'
import { readMarkOf, readMarksOf, unreadOf } from '../../database/readMarkers/readMarkers.ts'
import { freshDatabase } from '../../database/testing/freshDatabase.ts'
import { author } from '../testing/histories.ts'
import { readMarkersProjection } from './readMarkersProjection.ts'

test('STORE-73: a marker moves forward only, and moving takes "unread from here" away', async () => {
  const db = await freshDatabase()
  const write = author()
  const { handle } = readMarkersProjection(db)
  const mark = () => readMarkOf(db, 'u', 'r')
  expect(await mark()).toEqual({ readThrough: 0, markedUnreadAt: null })
  await handle([
    write('r', 'read.moved', { userId: 'u', number: 7 }),
    write('r', 'read.markedUnread', { userId: 'u', number: 4 }),
  ])
  expect(await mark()).toEqual({ readThrough: 7, markedUnreadAt: 4 })
  expect(unreadOf(9, await mark())).toBe(6)
  await handle([write('r', 'read.moved', { userId: 'u', number: 3 })])
  expect(await mark()).toEqual({ readThrough: 7, markedUnreadAt: null })
  await handle([
    write('r', 'read.markedUnread', { userId: 'u', number: 9 }),
    write('s', 'read.moved', { userId: 'u', number: 1 }),
  ])
  await handle([
    write('r', 'read.markedUnread', { userId: 'u', number: null }),
    write('r', 'read.moved', { userId: 'v', number: 2 }),
  ])
  expect([...(await readMarksOf(db, 'u', ['r', 's', 't']))]).toEqual([
    ['r', { readThrough: 7, markedUnreadAt: null }],
    ['s', { readThrough: 1, markedUnreadAt: null }],
  ])
  expect(unreadOf(9, await mark())).toBe(2)
  expect(unreadOf(3, await mark())).toBe(0)
})
