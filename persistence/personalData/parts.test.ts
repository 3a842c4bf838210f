import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { openSqliteArchive } from '../archive/sqliteArchive.ts'
import { diskBlobStore } from '../blobs/diskBlobStore.ts'
import { imageKeys } from '../blobs/imageKeys.ts'
import { insertRows } from '../database/dialect.ts'
import { passkeyRow } from '../database/passkeys/passkeys.contract.ts'
import { changeImage, createProfile } from '../database/profile/changeProfile.ts'
import { freshDatabase } from '../database/testing/freshDatabase.ts'
import { roomRow, visitorRow } from '../database/testing/rows.ts'
import type { PersonalPart } from '../ports/personalData.ts'
import { temporaryFolder } from '../sqlite/testing/temporaryFolder.ts'
import { type PersonalDeps, personalParts } from './parts.ts'

let deps: PersonalDeps
let parts: readonly PersonalPart[]
beforeEach(async () => {
  const folder = temporaryFolder()
  const db = await freshDatabase()
  const archive = await openSqliteArchive(join(folder, 'archive.db'))
  const blobs = diskBlobStore({ folder: join(folder, 'blobs'), secret: 'x'.repeat(32) })
  deps = { db, archive, blobs }
  parts = personalParts(deps)
  onTestFinished(async () => {
    await archive.close()
    await db.destroy()
  })
  for (const user of ['ana', 'ben']) {
    const profile = { userId: user, name: user, handle: user, timeZone: 'UTC', dayStartHour: 5, locale: 'en' } as const
    await createProfile(db, { ...profile, createdAt: 1 })
    const many = Array.from({ length: 1200 }, (_, i) => `${user}${String(i).padStart(4, '0')}`)
    await insertRows(
      db,
      'study_interval',
      many.map((id, i) => ({ id, user_id: user, room_id: 'r', started_at: i, ended_at: i + 1 })),
    )
    await insertRows(db, 'read_marker', [
      { user_id: user, conversation: 'r', number: 3, marked_unread_at: null, applied_seq: 1 },
    ])
    await insertRows(db, 'passkey', [passkeyRow(`passkey-of-${user}`, user)])
    await insertRows(db, 'presence', [{ user_id: user, choice: 'dnd', last_seen_at: 1 }])
    await insertRows(db, 'inbox_item', [{ user_id: user, number: 1, at: 1, body: '{}' }])
    await insertRows(db, 'inbox_mark', [{ user_id: user, read_through: 1 }])
    const other = user === 'ana' ? 'zed' : 'zoe'
    await insertRows(db, 'friendship', [{ low_id: user, high_id: other, asked_by: other, friends: 1, at: 1 }])
    await insertRows(db, 'follow', [{ follower_id: user, followed_id: other, at: 1 }])
    await insertRows(db, 'block', [{ user_id: user, blocked_id: 'troll', at: 1 }])
    await changeImage(db, user, `image-of-${user}`, 1)
    for (const key of imageKeys(`image-of-${user}`)) await blobs.put(key, new Uint8Array(1), 'image/webp')
    await insertRows(db, 'room_visitor', [visitorRow(user, 'r')])
  }
  await insertRows(db, 'room', [roomRow('r', { owner_id: 'ana', owner_name: 'ana' })])
})

async function exported(user: string): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {}
  for (const part of parts)
    for await (const file of part.export(user))
      all[`${part.name}/${file.name}`] =
        'rows' in file ? await Array.fromAsync(file.rows) : 'json' in file ? file.json : file.blob
  return all
}

test('DATA-1, RECORD-14: each part gives all that is there of the person, in pages, and nothing of others', async () => {
  const all = await exported('ana')
  expect(all['profile/profile.json']).toMatchObject({ name: 'ana', handle: 'ana' })
  expect(all['study-time/intervals.json']).toHaveLength(1200)
  expect(all['read-markers/read-markers.json']).toEqual([{ conversation: 'r', number: 3, markedUnreadAt: null }])
  expect(all['presence/presence.json']).toEqual({ choice: 'dnd', lastSeenAt: 1 })
  expect(all['passkeys/passkeys.json']).toEqual([{ name: 'Laptop', createdAt: 1, usedAt: null }])
  expect(all['inbox/inbox.json']).toEqual([{ number: 1, at: 1, item: '{}' }])
  expect(all['rooms/rooms.json']).toMatchObject([{ roomId: 'r', owned: true }])
  expect(all['people/friends.json']).toEqual([{ userId: 'zed', state: 'friends', at: 1 }])
  expect(all['people/following.json']).toEqual([{ userId: 'zed', at: 1 }])
  expect(all['people/blocked.json']).toEqual([{ userId: 'troll', at: 1 }])
  expect(all['profile/image.webp']).toBe('avatar/image-of-ana')
  expect(JSON.stringify(all)).not.toContain('ben')
})

test('DATA-2, RECORD-14: erasing leaves nothing that names the person, touches nobody else, and may be repeated', async () => {
  const before = await exported('ben')
  for (let i = 0; i < 2; i++) for (const part of parts) await part.erase('ana')
  const after = await exported('ana')
  for (const rows of Object.values(after)) expect(rows === null || (rows as unknown[]).length === 0).toBe(true)
  expect(await deps.db.selectFrom('room').select('owner_name').execute()).toEqual([{ owner_name: '' }])
  expect(await exported('ben')).toEqual(before)
  for (const key of imageKeys('image-of-ana')) expect(await deps.blobs.head(key)).toBeNull()
  for (const key of imageKeys('image-of-ben')) expect(await deps.blobs.head(key)).not.toBeNull()
})

test('DATA-1: the names of the parts are folders, and each is there once', () => {
  const names = parts.map((part) => part.name)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z0-9-]{1,40}$/)
})
