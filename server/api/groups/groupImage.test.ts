import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorBody } from '#schemas/api/errors.ts'
import type { GroupDetail, MyGroups, OpenGroups } from '#schemas/api/groups.ts'
import { pngHead } from '#server/images/testing/pngHead.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { codeOf, newPerson, Person } from '#server/testing/person.ts'
import { picture, uploadTo } from '#server/testing/upload.ts'

let server: InProcess
beforeAll(async () => {
  server = await inProcess({ RATE_FACTOR: '100' })
})
afterAll(() => server.stop())

type Uploaded = { image: string } & Partial<ErrorBody>
const people = (...names: string[]) => Promise.all(names.map((name) => newPerson(server.url, name)))
const detail = async (who: Person, id: string) => (await who.get(`/api/groups/${id}`)).body as GroupDetail
const upload = (who: Person, id: string, bytes: Uint8Array) => uploadTo<Uploaded>(who, `/api/groups/${id}/image`, bytes)
const served = async (image: string | null) => (await fetch(`${server.url}/avatars/${image}`)).status
async function newGroup(leader: Person, facts = {}): Promise<string> {
  return ((await leader.post('/api/groups', { name: 'Night owls', ...facts })).body as { groupId: string }).groupId
}
async function join(who: Person, leader: Person, id: string) {
  expect((await who.post('/api/groups/join', { code: (await detail(leader, id)).code })).status).toBe(200)
}

test('GROUP-11: a group’s image is where the group is shown; a new one takes the place of the one before, which is gone', async () => {
  const [leader, jun] = (await people('Lea', 'Jun')) as [Person, Person]
  const id = await newGroup(leader, { openToRequests: true })
  const { code } = await detail(leader, id)
  await leader.post(`/api/groups/${id}/invitations`, { handle: jun.me.handle })
  const first = (await upload(leader, id, await picture('red'))).body.image
  const { image } = (await upload(leader, id, await picture('blue'))).body
  expect([await served(first), await served(`${first}-s`), await served(image), await served(`${image}-s`)]).toEqual([
    404, 404, 200, 200,
  ])
  const mine = (await leader.get('/api/groups')).body as MyGroups
  const theirs = (await jun.get('/api/groups')).body as MyGroups
  const open = (await jun.get('/api/groups/open')).body as OpenGroups
  const preview = await new Person(server.url).post('/api/groups/preview', { code })
  const shown = [mine.groups[0], theirs.invitations[0], open.groups[0], preview.body, await detail(leader, id)]
  expect(shown.map((it) => (it as { image: string }).image)).toEqual(shown.map(() => image))
  await jun.post(`/api/groups/${id}/requests`, {})
  expect(((await jun.get('/api/groups')).body as MyGroups).requested).toMatchObject([{ id, image }])
  expect((await leader.send('DELETE', `/api/groups/${id}/image`)).status).toBe(200)
  expect([await served(image), (await detail(leader, id)).image]).toEqual([404, null])
})

test('GROUP-11: leader and managers give it; members, strangers and who was removed do not, and their bytes are not looked at', async () => {
  const [leader, manager, member, kicked, stranger] = (await people('Lea', 'Mo', 'Jun', 'Kim', 'Eve')) as Person[] as [
    Person,
    Person,
    Person,
    Person,
    Person,
  ]
  const id = await newGroup(leader)
  for (const who of [manager, member, kicked]) await join(who, leader, id)
  await leader.send('PATCH', `/api/groups/${id}/members/${manager.me.id}`, { role: 'manager' })
  await leader.post(`/api/groups/${id}/members/${kicked.me.id}/kick`, {})
  const { image } = (await upload(manager, id, await picture('red'))).body
  const cases = [
    [new Person(server.url), 'unauthenticated'],
    [stranger, 'not_found'],
    [kicked, 'kicked'],
    [member, 'forbidden'],
  ] as const
  for (const [who, code] of cases) {
    // No image at all: whoever may not is told so before that.
    for (const bytes of [await picture('blue'), Buffer.from('no image')])
      expect((await upload(who, id, bytes)).body.error?.code).toBe(code)
    expect(codeOf(await who.send('DELETE', `/api/groups/${id}/image`))).toBe(code)
  }
  expect((await detail(leader, id)).image).toBe(image)
  expect(await served(image)).toBe(200)
})

test('GROUP-11, PROFILE-2, PROFILE-3, PROFILE-4: bombs and what is no image change nothing; of a polyglot only the picture is kept', async () => {
  const [leader] = (await people('Lea')) as [Person]
  const id = await newGroup(leader)
  const script = '<script>alert(1)</script>'
  const { image } = (await upload(leader, id, Buffer.concat([await picture('red'), Buffer.from(script)]))).body
  const kept = Buffer.from(await (await fetch(`${server.url}/avatars/${image}`)).arrayBuffer())
  expect(kept.includes('script')).toBe(false)
  expect(await sharp(kept).metadata()).toMatchObject({ format: 'webp', width: 512, height: 512 })
  const wrong = [
    pngHead(60_000, 60_000, deflateSync(Buffer.alloc(1_000_000))),
    Buffer.alloc(6 * 1024 * 1024),
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`),
    Buffer.concat([Buffer.from(`GIF89a/*`), Buffer.from(script)]),
  ]
  for (const bytes of wrong) {
    const { status } = await upload(leader, id, bytes)
    expect([413, 415]).toContain(status)
  }
  expect([(await detail(leader, id)).image, await served(image)]).toEqual([image, 200])
})

test('GROUP-11: it is deleted with the group, also with the account of whoever was alone in it', async () => {
  const [leader, alone] = (await people('Lea', 'Al')) as [Person, Person]
  const ended = await newGroup(leader)
  const left = await newGroup(alone)
  const images = await Promise.all([
    upload(leader, ended, await picture('red')),
    upload(alone, left, await picture('red')),
  ])
  await leader.send('DELETE', `/api/groups/${ended}`)
  expect((await alone.post('/api/me/delete', { password: 'corr3ct horse!' })).status).toBeLessThan(300)
  for (const { body } of images) await expect.poll(() => served(body.image)).toBe(404)
})
