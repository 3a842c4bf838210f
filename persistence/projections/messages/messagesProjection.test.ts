import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSqliteArchive } from '../../archive/sqliteArchive.ts'
import type { Archive } from '../../ports/archive.ts'
import { Poison } from '../../ports/eventLog.ts'
import { UnknownVersion } from '../projection.ts'
import { author, sent } from '../testing/histories.ts'
import { messagesProjection } from './messagesProjection.ts'

let folder: string
let archive: Archive
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'messages-'))
  archive = await openSqliteArchive(join(folder, 'archive.db'))
})
afterAll(async () => {
  await archive.close()
  rmSync(folder, { recursive: true })
})

test('STORE-74: changes reach a message of the same batch and one stored long ago; edits keep the older wording', async () => {
  const write = author()
  const { handle } = messagesProjection(archive)
  await handle([
    write('a', 'chat.sent', sent(1)),
    write('a', 'chat.sent', sent(2, { replyTo: 1 })),
    write('a', 'chat.edited', { number: 2, revision: 1, text: 'better', before: 'text 2', mentions: ['u1'] }),
  ])
  await handle([
    write('a', 'chat.reacted', { number: 1, revision: 2, reactions: [{ emoji: '👍', users: ['u1'] }] }),
    write('a', 'chat.edited', { number: 2, revision: 3, text: 'best', before: 'better', mentions: [] }),
    write('a', 'chat.pinned', { number: 1, revision: 4, on: true }),
  ])
  const [first, second] = await archive.page('a', { limit: 9 })
  expect(first).toMatchObject({ number: 1, revision: 4, pinned: true, reactions: [{ emoji: '👍', users: ['u1'] }] })
  expect(second).toMatchObject({ number: 2, revision: 3, text: 'best', replyTo: 1, editedAt: 1_050 })
  expect(await archive.past('a', 2)).toEqual([
    { text: 'text 2', until: 1_030 },
    { text: 'better', until: 1_050 },
  ])
  await handle([write('a', 'chat.deleted', { number: 1, revision: 5, by: 'u0' })])
  expect(await archive.byNumbers('a', [1])).toMatchObject([{ deleted: true, text: '', pinned: false, reactions: [] }])
})

test('STORE-74: with a deletion the older wordings go, in one batch, in two, and when all comes again', async () => {
  const write = author()
  const { handle } = messagesProjection(archive)
  const events = [
    write('d', 'chat.sent', sent(1)),
    write('d', 'chat.edited', { number: 1, revision: 1, text: 'better', before: 'text 1', mentions: [] }),
    write('d', 'chat.deleted', { number: 1, revision: 2, by: 'u0' }),
  ]
  const rest = { number: 1, deleted: true, text: '' }
  for (const batch of [events.slice(0, 2), events.slice(2), events, events.slice(1, 2), events]) {
    await handle(batch)
    const [message] = await archive.byNumbers('d', [1])
    expect(await archive.past('d', 1)).toHaveLength(message?.deleted ? 0 : 1)
  }
  expect(await archive.byNumbers('d', [1])).toMatchObject([rest])
  await handle(events.map((event) => ({ ...event, key: 'e', id: `e ${event.id}` })))
  expect(await archive.past('e', 1)).toEqual([])
})

test('STORE-75: a change to a message that never was is put aside, and what came before it is stored', async () => {
  const write = author()
  const { handle } = messagesProjection(archive)
  const orphan = write('b', 'chat.deleted', { number: 9, revision: 1, by: 'u0' })
  const batch = [write('b', 'chat.sent', sent(1)), orphan, write('b', 'chat.sent', sent(2))]
  await expect(handle(batch)).rejects.toMatchObject({ name: 'Poison', eventId: orphan.id })
  expect(await archive.newest('b')).toBe(1)
  await handle(batch.filter((event) => event !== orphan))
  expect(await archive.newest('b')).toBe(2)
})

test('STORE-75: bad data is put aside, an unknown version stops, other types and their versions are passed over', async () => {
  const write = author()
  const { handle } = messagesProjection(archive)
  const good = write('c', 'chat.sent', sent(1))
  const bad = { ...write('c', 'chat.sent', sent(2)), data: { number: 'two' } }
  await expect(handle([good, bad])).rejects.toThrow(Poison)
  expect(await archive.newest('c')).toBe(1)
  const newer = { ...write('c', 'chat.sent', sent(3)), version: 2 }
  await expect(handle([newer])).rejects.toThrow(UnknownVersion)
  expect(await archive.newest('c')).toBe(1)
  await handle([
    { ...newer, type: 'whiteboard.drawn' },
    { ...newer, type: 'room.noticed' },
  ])
})
