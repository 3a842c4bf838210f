import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Envelope } from '#schemas/events/envelope.ts'
import { openSqliteArchive } from '../archive/sqliteArchive.ts'
import type { Db } from '../database/database.ts'
import { freshDatabase } from '../database/testing/freshDatabase.ts'
import type { Archive } from '../ports/archive.ts'
import { messagesProjection } from './messages/messagesProjection.ts'
import { readMarkersProjection } from './readMarkers/readMarkersProjection.ts'
import { roomsProjection } from './rooms/roomsProjection.ts'
import { studyTimeProjection } from './studyTime/studyTimeProjection.ts'
import { batches, delivery, history } from './testing/histories.ts'

describe('projections', () => {
  let folder: string
  let archive: Archive
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'projections-'))
    archive = await openSqliteArchive(join(folder, 'archive.db'))
  })
  afterAll(async () => {
    await archive.close()
    rmSync(folder, { recursive: true })
  })

  async function tablesAfter(delivered: readonly Envelope[][]) {
    const db = await freshDatabase()
    const groups = [readMarkersProjection(db), studyTimeProjection(db), roomsProjection(db)]
    for (const group of groups) for (const batch of delivered) await group.handle(batch)
    const rows = await contents(db)
    await db.destroy()
    return rows
  }

  const contents = async (db: Db) => ({
    rooms: await db.selectFrom('room').selectAll().orderBy('id').execute(),
    visits: await db.selectFrom('room_visitor').selectAll().orderBy('room_id').orderBy('user_id').execute(),
    marks: await db.selectFrom('read_marker').selectAll().orderBy('conversation').orderBy('user_id').execute(),
    intervals: await db.selectFrom('study_interval').selectAll().orderBy('id').execute(),
  })

  test('STORE-70: batches cut anywhere and repeated from anywhere leave the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(history(''), delivery, async (events, cuts) => {
        expect(await tablesAfter(batches(events, cuts))).toEqual(await tablesAfter([events]))
      }),
      { numRuns: 40 },
    )
  })

  async function messagesAfter(prefix: string, delivered: readonly Envelope[][]) {
    const group = messagesProjection(archive)
    for (const batch of delivered) await group.handle(batch)
    const rooms = await Promise.all(
      ['room0', 'room1'].map(async (room) => {
        const messages = await archive.page(prefix + room, { limit: 100 })
        return Promise.all(
          messages.map(async ({ conversation: _, ...rest }) => [rest, await archive.past(prefix + room, rest.number)]),
        )
      }),
    )
    return rooms
  }

  test('STORE-70: the same for messages and their older wordings', async () => {
    let run = 0
    const stripped = (prefix: string, events: readonly Envelope[]) =>
      events.map((e) => ({ ...e, key: prefix + e.key, id: prefix + e.id }))
    await fc.assert(
      fc.asyncProperty(history(''), delivery, async (events, cuts) => {
        const [one, other] = [`${++run}a-`, `${run}b-`]
        const at = await messagesAfter(one, [stripped(one, events)])
        expect(await messagesAfter(other, batches(stripped(other, events), cuts))).toEqual(at)
      }),
      { numRuns: 40 },
    )
  })
})
