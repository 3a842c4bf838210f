import { Client } from '@colyseus/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GroupDetail, GroupMembers, MyGroups, NewInvite } from '#schemas/api/groups.ts'
import type { Entered } from '#schemas/api/rooms.ts'
import type { RoomPage } from '#schemas/messages/lobby.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { codeOf, newPerson, Person } from '#server/testing/person.ts'
import { sit } from '#server/testing/sit.ts'

let server: InProcess
beforeAll(async () => {
  server = await inProcess({ RATE_FACTOR: '100', GROUPS_PER_PERSON: '2' })
})
afterAll(() => server.stop())

const people = (...names: string[]) => Promise.all(names.map((name) => newPerson(server.url, name)))
async function newGroup(leader: Person, facts: object = {}): Promise<{ id: string; code: string }> {
  const made = await leader.post('/api/groups', { name: 'Night owls', ...facts })
  expect(made.status).toBe(201)
  const id = (made.body as { groupId: string }).groupId
  return { id, code: (await detail(leader, id)).code ?? '' }
}
const detail = async (who: Person, id: string) => (await who.get(`/api/groups/${id}`)).body as GroupDetail
const join = (who: Person, code: string) => who.post('/api/groups/join', { code })
const mine = async (who: Person) => (await who.get('/api/groups')).body as MyGroups
async function newRoom(leader: Person, id: string): Promise<string> {
  const made = await leader.post(`/api/groups/${id}/rooms`, { name: 'Our room' })
  expect(made.status).toBe(201)
  return (made.body as { roomId: string }).roomId
}

test('GROUP-3: of many who join at once only as many come in as there are seats; the others are told it is full', async () => {
  const [leader, ...others] = await people('Lea', ...Array.from({ length: 9 }, (_, i) => `P${i}`))
  const { id, code } = await newGroup(leader as Person, { capacity: 4 })
  const answers = await Promise.all(others.map((person) => join(person, code)))
  expect(answers.filter((a) => a.status === 200)).toHaveLength(3)
  expect(answers.filter((a) => a.status !== 200).map(codeOf)).toEqual(Array.from({ length: 6 }, () => 'full'))
  expect((await detail(leader as Person, id)).members).toBe(4)
  expect(codeOf(await (leader as Person).send('PATCH', `/api/groups/${id}`, { capacity: 3 }))).toBe('below_present')
})

test('GROUP-3: who joins several groups at once ends up in no more than the setting allows', async () => {
  const [joiner, ...leaders] = await people('Jo', 'L1', 'L2', 'L3', 'L4')
  const groups = await Promise.all(leaders.map((leader) => newGroup(leader)))
  const answers = await Promise.all(groups.map(({ code }) => join(joiner as Person, code)))
  expect(answers.map((a) => codeOf(a) ?? 'in').sort()).toEqual(['in', 'in', 'too_many_groups', 'too_many_groups'])
  expect(codeOf(await (joiner as Person).post('/api/groups', { name: 'One more' }))).toBe('too_many_groups')
})

test('GROUP-4: a new code kills the old one at once; the same person joins once, whatever he repeats', async () => {
  const [leader, jun] = (await people('Lea', 'Jun')) as [Person, Person]
  const { id, code } = await newGroup(leader)
  const fresh = ((await leader.post(`/api/groups/${id}/code`)).body as { code: string }).code
  expect(codeOf(await join(jun, code))).toBe('not_found')
  expect((await join(jun, fresh)).status).toBe(200)
  expect(codeOf(await join(jun, fresh))).toBe('already_member')
  expect((await detail(jun, id)).code).toBeNull()
  expect(codeOf(await jun.post(`/api/groups/${id}/code`))).toBe('forbidden')
})

test('GROUP-5: a link is used by exactly as many as it allows, also at once; revoked it opens nothing', async () => {
  const [leader, ...others] = (await people('Lea', 'A', 'B', 'C', 'D')) as [Person, Person, Person, Person, Person]
  const { id } = await newGroup(leader)
  const made = (await leader.post(`/api/groups/${id}/invites`, { uses: 2, days: 1 })).body as NewInvite
  expect(JSON.stringify((await leader.get(`/api/groups/${id}/invites`)).body)).not.toContain(made.code)
  const preview = await new Person(server.url).post('/api/groups/preview', { code: made.code })
  expect(preview.body).toEqual({ name: 'Night owls', image: null, members: 1, capacity: 30 })
  const answers = await Promise.all(others.map((person) => join(person, made.code)))
  expect(answers.map((a) => codeOf(a) ?? 'in').sort()).toEqual(['gone', 'gone', 'in', 'in'])
  const second = (await leader.post(`/api/groups/${id}/invites`, {})).body as NewInvite
  expect((await leader.send('DELETE', `/api/groups/${id}/invites/${second.invite.id}`)).status).toBe(200)
  expect(codeOf(await leader.post('/api/groups/preview', { code: second.code }))).toBe('gone')
})

test('GROUP-6: who asks is let in by leader or managers and told so; asking twice is one request', async () => {
  const [leader, jun, mia] = (await people('Lea', 'Jun', 'Mia')) as [Person, Person, Person]
  const { id } = await newGroup(leader)
  expect(codeOf(await jun.post(`/api/groups/${id}/requests`, {}))).toBe('not_found')
  await leader.send('PATCH', `/api/groups/${id}`, { openToRequests: true })
  await jun.post(`/api/groups/${id}/requests`, { text: 'hello' })
  await jun.post(`/api/groups/${id}/requests`, {})
  expect((await mine(leader)).groups[0]?.requests).toBe(1)
  expect(codeOf(await mia.post(`/api/groups/${id}/requests/${jun.me.id}/accept`))).toBe('not_found')
  expect((await leader.post(`/api/groups/${id}/requests/${jun.me.id}/accept`)).status).toBe(200)
  expect((await mine(jun)).groups.map((g) => g.id)).toEqual([id])
  expect(JSON.stringify((await jun.get('/api/inbox')).body)).toContain('accepted')
  expect((await leader.post(`/api/groups/${id}/invitations`, { handle: mia.me.handle })).status).toBe(200)
  expect((await mine(mia)).invitations).toMatchObject([{ id, by: 'Lea' }])
  expect((await mia.post(`/api/groups/${id}/invitations/accept`)).status).toBe(200)
})

test('GROUP-7: a leader hands the group over or dissolves it; then nothing of it is left to anybody', async () => {
  const [leader, jun] = (await people('Lea', 'Jun')) as [Person, Person]
  const { id, code } = await newGroup(leader)
  await join(jun, code)
  const room = await newRoom(leader, id)
  expect(codeOf(await leader.post(`/api/groups/${id}/withdraw`, {}))).toBe('must_choose')
  const handing = { parting: { choice: 'handOver', to: jun.me.id } }
  expect((await leader.post(`/api/groups/${id}/withdraw`, handing)).status).toBe(200)
  expect((await detail(jun, id)).leader).toBe(jun.me.id)
  expect(codeOf(await leader.post(`/api/rooms/${room}/enter`))).toBe('not_found')
  expect((await join(leader, code)).status).toBe(200)
  const sitting = await sit(leader, room)
  expect(sitting.state.owner).toBe(jun.me.id)
  const closed = new Promise<number>((resolve) => sitting.onLeave((c) => resolve(c)))
  expect((await jun.send('DELETE', `/api/groups/${id}`)).status).toBe(200)
  expect(await closed).toBe(4021)
  expect((await mine(leader)).groups).toEqual([])
  for (const who of [leader, jun]) {
    expect(codeOf(await who.get(`/api/rooms/${room}`))).toBe('not_found')
    expect(codeOf(await who.get(`/api/groups/${id}`))).toBe('not_found')
    expect(codeOf(await join(who, code))).toBe('not_found')
  }
})

test('GROUP-8: a kicked member loses socket, chat, history and room at once, and no code lets him in again (I7)', async () => {
  const [leader, jun] = (await people('Lea', 'Jun')) as [Person, Person]
  const { id, code } = await newGroup(leader)
  await join(jun, code)
  const room = await newRoom(leader, id)
  const sitting = await sit(jun, room)
  await sitting.request('chat.send', { outbox: 'o1', n: 1, text: 'mine', mentions: [] })
  expect((await jun.get(`/api/rooms/${room}/messages`)).status).toBe(200)
  // A seat that was given out before lets nobody in afterwards.
  const seat = await jun.post(`/api/rooms/${room}/enter`)
  expect(seat.status).toBe(200)
  const closed = new Promise<number>((resolve) => sitting.onLeave((c) => resolve(c)))
  expect((await leader.post(`/api/groups/${id}/members/${jun.me.id}/kick`, { reason: 'x' })).status).toBe(200)
  expect(await closed).toBe(4012)
  const refusals = await Promise.all([
    jun.get(`/api/rooms/${room}/messages`),
    jun.get(`/api/rooms/${room}`),
    jun.post(`/api/rooms/${room}/enter`),
    jun.get(`/api/groups/${id}`),
    jun.get(`/api/groups/${id}/members`),
    join(jun, code),
  ])
  expect(refusals.map(codeOf)).toEqual(refusals.map(() => 'kicked'))
  expect((await mine(jun)).groups).toEqual([])
  expect((await jun.get('/api/rooms/mine')).body).toMatchObject({ rooms: [] })
  // The SDK names no fields of a reservation that its own matchmaking would not give.
  const taken = new Client(server.url.replace('http', 'ws')).consumeSeatReservation(
    (seat.body as Entered).seat as never,
  )
  await expect(taken).rejects.toThrow()
  await leader.send('DELETE', `/api/groups/${id}/removed/${jun.me.id}`)
  expect((await join(jun, code)).status).toBe(200)
  await (await sit(jun, room)).leave()
})

test('GROUP-8: three warnings kick, across withdrawing and coming back; a ban is told before that the group is full', async () => {
  const [leader, jun] = (await people('Lea', 'Jun')) as [Person, Person]
  const { id, code } = await newGroup(leader, { capacity: 2 })
  const warn = async () => (await leader.post(`/api/groups/${id}/members/${jun.me.id}/warn`, {})).body
  await join(jun, code)
  expect([await warn(), await warn()]).toEqual([
    { warnings: 1, kicked: false },
    { warnings: 2, kicked: false },
  ])
  await jun.post(`/api/groups/${id}/withdraw`, {})
  await join(jun, code)
  expect(await warn()).toEqual({ warnings: 3, kicked: true })
  await leader.send('DELETE', `/api/groups/${id}/removed/${jun.me.id}`)
  await join(jun, code)
  await leader.post(`/api/groups/${id}/members/${jun.me.id}/ban`, {})
  const [mia] = (await people('Mia')) as [Person]
  expect((await join(mia, code)).status).toBe(200)
  expect([
    codeOf(await join(jun, code)),
    codeOf(await leader.post(`/api/groups/${id}/invitations`, { handle: jun.me.handle })),
  ]).toEqual(['banned', 'banned'])
})

test('GROUP-9: a group’s room is in no public list, search or count; members see it live, and its roles are the group’s', async () => {
  const [leader, jun, stranger] = (await people('Lea', 'Jun', 'Eve')) as [Person, Person, Person]
  const { id, code } = await newGroup(leader)
  await join(jun, code)
  await leader.send('PATCH', `/api/groups/${id}/members/${jun.me.id}`, { role: 'manager' })
  const room = await newRoom(jun, id)
  const sitting = await sit(jun, room)
  await expect.poll(() => sitting.state.members.get(jun.me.id)?.role).toBe('moderator')
  expect(sitting.state.owner).toBe(leader.me.id)
  const lists = await Promise.all([
    fetch(`${server.url}/api/rooms`).then((r) => r.json()),
    stranger.get('/api/rooms?q=Our').then((a) => a.body),
    stranger.get('/api/rooms/mine').then((a) => a.body),
    stranger.get('/api/groups').then((a) => a.body),
  ])
  expect(JSON.stringify(lists)).not.toContain(room)
  expect((lists[0] as RoomPage).rooms.filter((r) => r.id === room)).toEqual([])
  await expect
    .poll(async () => (await mine(leader)).groups[0]?.rooms)
    .toMatchObject([{ id: room, live: true, faces: [{ userId: jun.me.id }] }])
  for (const [method, path] of [
    ['GET', `/api/rooms/${room}`],
    ['POST', `/api/rooms/${room}/enter`],
    ['PATCH', `/api/rooms/${room}`],
    ['DELETE', `/api/rooms/${room}`],
    ['GET', `/api/rooms/${room}/messages`],
  ] as const)
    expect(
      codeOf(await stranger.send(method, path, method === 'GET' || method === 'DELETE' ? undefined : {})),
      path,
    ).toBe('not_found')
  // Demoted while he sits there.
  await leader.send('PATCH', `/api/groups/${id}/members/${jun.me.id}`, { role: 'member' })
  await expect.poll(() => sitting.state.members.get(jun.me.id)?.role).toBe('member')
  expect(codeOf(await jun.send('PATCH', `/api/rooms/${room}`, { name: 'Mine now' }))).toBe('forbidden')
  await sitting.leave()
})

test('GROUP-14: members come in pages, oldest membership first, without repeats or gaps, with their pictures', async () => {
  const [leader, ...others] = (await people('Lea', 'A', 'B', 'C', 'D')) as [Person, Person, Person, Person, Person]
  const { id, code } = await newGroup(leader)
  for (const other of others) await join(other, code)
  const seen: GroupMembers['members'] = []
  let next: string | null = ''
  while (next !== null) {
    const page = await leader.get(`/api/groups/${id}/members?limit=2${next && `&cursor=${next}`}`)
    const { members, next: after } = page.body as GroupMembers
    seen.push(...members)
    next = after
  }
  expect(seen.map(({ userId }) => userId)[0]).toBe(leader.me.id)
  expect(seen.map(({ userId }) => userId)).toEqual([leader, ...others].map(({ me }) => me.id))
  expect(seen.map(({ image }) => image)).toEqual(seen.map(() => null))
})

test('GROUP-10: every route with an id is closed to strangers and to members who may not', async () => {
  const [leader, member, stranger, other] = (await people('Lea', 'Jun', 'Eve', 'Oli')) as [
    Person,
    Person,
    Person,
    Person,
  ]
  const { id, code } = await newGroup(leader)
  const { id: foreign } = await newGroup(other)
  await join(member, code)
  const { invite } = (await leader.post(`/api/groups/${id}/invites`, {})).body as NewInvite
  const target = `/api/groups/${id}/members/${member.me.id}`
  const managing: [string, string, unknown?][] = [
    ['PATCH', `/api/groups/${id}`, { name: 'Taken over' }],
    ['DELETE', `/api/groups/${id}`],
    ['POST', `/api/groups/${id}/transfer`, { to: member.me.id }],
    ['POST', `/api/groups/${id}/rooms`, { name: 'Mine' }],
    ['POST', `/api/groups/${id}/code`],
    ['GET', `/api/groups/${id}/invites`],
    ['POST', `/api/groups/${id}/invites`, {}],
    ['DELETE', `/api/groups/${id}/invites/${invite.id}`],
    ['POST', `/api/groups/${id}/invitations`, { handle: stranger.me.handle }],
    ['GET', `/api/groups/${id}/requests`],
    ['POST', `/api/groups/${id}/requests/${stranger.me.id}/accept`],
    ['DELETE', `/api/groups/${id}/requests/${other.me.id}`],
    ['PATCH', target, { role: 'manager' }],
    ['POST', `${target}/warn`, {}],
    ['POST', `${target}/kick`, {}],
    ['POST', `${target}/ban`, {}],
    ['GET', `/api/groups/${id}/removed`],
    ['DELETE', `/api/groups/${id}/removed/${member.me.id}`],
  ]
  for (const [method, path, body] of managing) {
    expect(codeOf(await stranger.send(method, path, body)), `stranger ${method} ${path}`).toBe('not_found')
    expect(codeOf(await other.send(method, path, body)), `leader of another ${method} ${path}`).toBe('not_found')
    expect(codeOf(await member.send(method, path, body)), `member ${method} ${path}`).toBe('forbidden')
  }
  for (const path of [`/api/groups/${id}`, `/api/groups/${id}/members`])
    expect(codeOf(await stranger.get(path))).toBe('not_found')
  for (const path of ['withdraw', 'invitations/accept'])
    expect(codeOf(await stranger.post(`/api/groups/${id}/${path}`))).toBe('not_found')
  expect(codeOf(await stranger.send('DELETE', `/api/groups/${id}/invitations/mine`))).toBe('not_found')
  // Another group's link is no handle on this one.
  expect(codeOf(await other.send('DELETE', `/api/groups/${foreign}/invites/${invite.id}`))).toBe('not_found')
  expect((await leader.get(`/api/groups/${id}/invites`)).body).toMatchObject({ invites: [{ id: invite.id }] })
  expect((await detail(leader, id)).name).toBe('Night owls')
})

test('GROUP-6: a blocked pair cannot invite one another; the answer is that of a handle nobody has', async () => {
  const [leader, jun] = (await people('Lea', 'Jun')) as [Person, Person]
  const { id } = await newGroup(leader)
  const invite = () => leader.post(`/api/groups/${id}/invitations`, { handle: jun.me.handle })
  expect((await invite()).status).toBe(200)
  expect((await mine(jun)).invitations).toHaveLength(1)
  expect((await jun.post(`/api/people/blocked/${leader.me.id}`)).status).toBe(200)
  expect((await mine(jun)).invitations).toEqual([])
  const nobody = await leader.post(`/api/groups/${id}/invitations`, { handle: 'nobody.at.all' })
  expect((await invite()).body).toEqual(nobody.body)
})
