import { expect, onTestFinished, test } from 'vitest'
import { diskBlobStore } from '../blobs/diskBlobStore.ts'
import { imageKeys } from '../blobs/imageKeys.ts'
import { insertGroup, updateImage } from '../database/groups/changeGroup.ts'
import { groupById } from '../database/groups/findGroups.ts'
import { addMember, setRole } from '../database/groups/members.ts'
import { groupMemberships } from '../database/groups/memberships.ts'
import { freshDatabase } from '../database/testing/freshDatabase.ts'
import { temporaryFolder } from '../sqlite/testing/temporaryFolder.ts'
import { groupsPart } from './groupsPart.ts'

const facts = { description: '', image: null, capacity: 5, openToRequests: false, createdAt: 1, dissolvedAt: null }

test('GROUP-7: the account of a leader goes: a manager leads before an older member; a group of one is dissolved', async () => {
  const db = await freshDatabase()
  const blobs = diskBlobStore({ folder: temporaryFolder(), secret: 'x'.repeat(32) })
  onTestFinished(() => blobs.close())
  const image = 'image-of-alone'
  for (const key of imageKeys(image)) await blobs.put(key, new Uint8Array(1), 'image/webp')
  await db.transaction().execute(async (tx) => {
    await insertGroup(tx, { ...facts, id: 'many', name: 'Many', leader: 'lea', code: 'a' }, 'a')
    await insertGroup(tx, { ...facts, id: 'alone', name: 'Alone', leader: 'lea', code: 'b' }, 'b')
    await updateImage(tx, 'alone', image)
    await addMember(tx, 'many', 'old', 2)
    await addMember(tx, 'many', 'mo', 3)
    await setRole(tx, 'many', 'mo', 'manager')
  })
  const part = groupsPart({ db, blobs })
  await part.erase('lea')
  await part.erase('lea')
  const { membersOf, groupsOf } = groupMemberships(db)
  expect(await membersOf('many')).toEqual([
    { user: 'old', role: 'member' },
    { user: 'mo', role: 'leader' },
  ])
  expect((await groupById(db, 'many'))?.leader).toBe('mo')
  expect((await groupById(db, 'alone'))?.dissolvedAt).not.toBeNull()
  expect(await groupsOf('lea')).toEqual([])
  for (const key of imageKeys(image)) expect(await blobs.head(key)).toBeNull()
  expect((await groupById(db, 'alone'))?.image).toBeNull()
})
