import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { message } from '../archive/archive.contract.ts'
import { openSqliteArchive } from '../archive/sqliteArchive.ts'
import { diskBlobStore } from '../blobs/diskBlobStore.ts'
import { imageKeys } from '../blobs/imageKeys.ts'
import { insertRows } from '../database/dialect.ts'
import { insertGroup } from '../database/groups/changeGroup.ts'
import { inTransaction } from '../database/inTransaction.ts'
import { changeImage, createProfile } from '../database/profile/changeProfile.ts'
import { freshDatabase } from '../database/testing/freshDatabase.ts'
import { roomRow, visitorRow } from '../database/testing/rows.ts'
import { temporaryFolder } from '../sqlite/testing/temporaryFolder.ts'
import { sweepCodes } from './sweepCodes.ts'
import { KEPT_MS, sweepEndedRooms } from './sweepEndedRooms.ts'
import { sweepImages } from './sweepImages.ts'

const NOW = 100 * KEPT_MS

test('STORE-80: 30 days after its end nothing is left of a room but study time; of an open one the chat goes too', async () => {
  const db = await freshDatabase()
  const archive = await openSqliteArchive(join(temporaryFolder(), 'archive.db'))
  onTestFinished(async () => {
    await archive.close()
    await db.destroy()
  })
  const old = NOW - KEPT_MS - 1
  const many = Array.from({ length: 250 }, (_, i) => `many${i}`)
  const rooms = ['open', 'staying', 'recent', 'live', ...many]
  await insertRows(
    db,
    'room',
    rooms.map((id) =>
      roomRow(id, {
        kind: id === 'staying' ? 'staying' : 'open',
        ended_at: id === 'live' ? null : id === 'recent' ? NOW - KEPT_MS : old,
      }),
    ),
  )
  await insertRows(
    db,
    'room_visitor',
    rooms.map((id) => visitorRow('ana', id)),
  )
  await insertRows(
    db,
    'read_marker',
    rooms.map((id) => ({ user_id: 'ana', conversation: id, number: 1, marked_unread_at: null, applied_seq: 1 })),
  )
  await insertRows(db, 'study_interval', [{ id: 'i', user_id: 'ana', room_id: 'open', started_at: 1, ended_at: 2 }])
  await archive.putMessages(rooms.map((id) => message(1, { conversation: id })))

  expect(await sweepEndedRooms({ db, archive }, NOW)).toBe(2 + many.length)
  const kept = ['live', 'recent']
  const ids = async (rows: Promise<{ id: string }[]>) => (await rows).map(({ id }) => id)
  expect(await ids(db.selectFrom('room').select('id').orderBy('id').execute())).toEqual(kept)
  expect(await ids(db.selectFrom('room_visitor').select('room_id as id').orderBy('id').execute())).toEqual(kept)
  expect(await ids(db.selectFrom('read_marker').select('conversation as id').orderBy('id').execute())).toEqual(kept)
  expect(await db.selectFrom('study_interval').selectAll().execute()).toHaveLength(1)
  const newest = ['open', 'staying', 'recent', 'live', 'many249'].map((id) => archive.newest(id))
  expect(await Promise.all(newest)).toEqual([0, 1, 1, 1, 0])
  expect(await sweepEndedRooms({ db, archive }, NOW)).toBe(0)
})

test('ACCT-21: codes and the addresses with them are removed when they are over, and answered challenges', async () => {
  const db = await freshDatabase()
  onTestFinished(() => db.destroy())
  const code = (address: string, expires_at: number) => ({
    ...{ purpose: 'reset' as const, address, code_hash: 'x', tries_left: 5, expires_at },
  })
  await insertRows(db, 'email_code', [code('over@study.example', NOW), code('good@study.example', NOW + 1)])
  await insertRows(db, 'passkey_challenge', [
    { challenge: 'over', until: NOW },
    { challenge: 'good', until: NOW + 1 },
  ])
  await sweepCodes(db, NOW)
  expect(await db.selectFrom('email_code').select('address').execute()).toEqual([{ address: 'good@study.example' }])
  expect(await db.selectFrom('passkey_challenge').select('challenge').execute()).toEqual([{ challenge: 'good' }])
})

test('STORE-61: images that nobody refers to are deleted once they are a day old', async () => {
  const db = await freshDatabase()
  onTestFinished(() => db.destroy())
  let now = Date.now()
  const blobs = diskBlobStore({ folder: temporaryFolder(), secret: 'x'.repeat(32), now: () => now })
  const put = (key: string) => blobs.put(key, new Uint8Array(1), 'image/webp')
  const image = (name: string) => name.padEnd(20, '_').concat('-s')
  const lost = Array.from({ length: 300 }, (_, i) => image(`lost${i}`))
  const [hers, ours] = [image('hers'), image('ours')]
  for (const key of [...lost, hers, ours].flatMap(imageKeys)) await put(key)
  await put('avatar/of-another-form')
  await put(`export/${image('lost')}`)
  await createProfile(db, {
    ...{ userId: 'ana', handle: 'ana', name: 'Ana', locale: 'en', createdAt: 1 },
    ...{ timeZone: 'UTC', dayStartHour: 5 },
  })
  await changeImage(db, 'ana', hers, 1)
  const group = { id: 'g', name: 'g', description: '', image: ours, leader: 'ana', code: 'c', createdAt: 1 }
  await inTransaction(db, (tx) =>
    insertGroup(tx, { ...group, capacity: 5, openToRequests: true, dissolvedAt: null }, 'hash'),
  )
  const left = async () => (await blobs.list('avatar', '', 1000)).map(({ key }) => key)

  expect(await sweepImages({ db, blobs })).toBe(0)
  now += 24 * 3_600_000 + 60_000
  const late = image('late')
  expect(await sweepImages({ db, blobs })).toBe(lost.length)
  await put(`avatar/${late}`)
  expect(await left()).toEqual([...imageKeys(hers), `avatar/${late}`, 'avatar/of-another-form', ...imageKeys(ours)])
  expect(await blobs.head(`export/${image('lost')}`)).not.toBeNull()
})
