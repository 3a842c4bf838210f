import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Me } from '#schemas/api/accounts.ts'
import type { PeopleCounts, PeoplePage, PersonCard, PersonView } from '#schemas/api/people.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { codeOf, newPerson, Person } from '#server/testing/person.ts'
import { sit } from '#server/testing/sit.ts'
import { picture, uploadTo } from '#server/testing/upload.ts'

let server: InProcess
beforeAll(async () => {
  server = await inProcess({ RATE_FACTOR: '1000' })
})
afterAll(() => server.stop())

const some = (...names: string[]) => Promise.all(names.map((name) => newPerson(server.url, name)))
const people = async (person: Person, path: string) => {
  const { status, body } = await person.get(`/api/people${path}`)
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
  return (body as PeoplePage).people
}
const idsOf = async (person: Person, path: string) => (await people(person, path)).map((p) => p.id)
const ask = (from: Person, to: Person) => from.post('/api/people/requests', { handle: to.me.handle })
const accept = (person: Person, of: Person) => person.post(`/api/people/requests/${of.me.id}/accept`)
const block = (person: Person, whom: Person) => person.post(`/api/people/blocked/${whom.me.id}`)
const befriend = async (a: Person, b: Person) => {
  await ask(a, b)
  expect((await accept(b, a)).status).toBe(200)
}
const inboxKinds = async (person: Person) =>
  ((await person.get('/api/inbox')).body as { entries: { item: { kind: string } }[] }).entries.map(
    ({ item }) => item.kind,
  )

describe('friends', () => {
  test('PEOPLE-2, PEOPLE-3: a request by handle is accepted by the addressed side alone, and each hears of it', async () => {
    const [ana, ben, eve] = (await some('Ana', 'Ben', 'Eve')) as [Person, Person, Person]
    const asked = await ask(ana, ben)
    expect([asked.status, (asked.body as PersonView).standing.friendship]).toEqual([200, 'asked'])
    expect(await idsOf(ana, '/requests?side=out')).toEqual([ben.me.id])
    expect(await idsOf(ben, '/requests')).toEqual([ana.me.id])
    expect(codeOf(await accept(ana, ben))).toBe('not_found')
    expect(codeOf(await accept(eve, ana))).toBe('not_found')
    expect(codeOf(await eve.send('DELETE', `/api/people/requests/${ana.me.id}`))).toBe('not_found')
    expect((await accept(ben, ana)).body).toMatchObject({ standing: { friendship: 'friends' } })
    expect([await idsOf(ana, '/friends'), await idsOf(ben, '/friends'), await idsOf(eve, '/friends')]).toEqual([
      [ben.me.id],
      [ana.me.id],
      [],
    ])
    expect([await inboxKinds(ben), await inboxKinds(ana)]).toEqual([['friendAsked'], ['friendAccepted']])
    expect((await ben.send('DELETE', `/api/people/friends/${ana.me.id}`)).status).toBe(200)
    expect([await idsOf(ana, '/friends'), await inboxKinds(ana)]).toEqual([[], ['friendAccepted']])
  })

  test('PEOPLE-2: refused and withdrawn are gone for both; nobody asks himself or nobody', async () => {
    const [ana, ben] = (await some('Ana', 'Ben')) as [Person, Person]
    for (const who of [ana, ben]) {
      await ask(ana, ben)
      const other = who === ana ? ben : ana
      expect((await who.send('DELETE', `/api/people/requests/${other.me.id}`)).status).toBe(200)
      expect([await idsOf(ben, '/requests'), await idsOf(ana, '/requests?side=out')]).toEqual([[], []])
    }
    expect(codeOf(await ask(ana, ana))).toBe('is_self')
    expect(codeOf(await ana.post('/api/people/requests', { handle: 'no.such.one' }))).toBe('not_found')
    expect(codeOf(await ana.post('/api/people/following/nobody'))).toBe('not_found')
    expect(codeOf(await block(ana, ana))).toBe('is_self')
  })

  test('PEOPLE-1: two who ask each other at the same moment are friends, once', async () => {
    const [ana, ben] = (await some('Ana', 'Ben')) as [Person, Person]
    const answers = await Promise.all([ask(ana, ben), ask(ben, ana), ask(ana, ben), ask(ben, ana)])
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200])
    expect(await idsOf(ana, '/friends')).toEqual([ben.me.id])
    expect((await ben.get('/api/people/counts')).body).toMatchObject({ friends: 1, incoming: 0, outgoing: 0 })
  })
})

type FacesFound = { faces: { id: string; image: string | null }[] }

test('PEOPLE-4: who is blocked finds the other nowhere and can do nothing to him, and cannot tell it from his not being there', async () => {
  const [ana, ben, cho] = (await some('Blocka', 'Blockb', 'Blockc')) as [Person, Person, Person]
  await befriend(ana, ben)
  await befriend(ana, cho)
  await befriend(ben, cho)
  for (const [from, to] of [
    [ana, ben],
    [ben, ana],
    [ana, cho],
    [ben, cho],
  ] as const)
    await from.post(`/api/people/following/${to.me.id}`)
  expect((await block(ana, ben)).status).toBe(200)

  const nobody = await ben.get('/api/people/nobody')
  const hidden = await ben.get(`/api/people/${ana.me.id}`)
  expect([hidden.status, hidden.body]).toEqual([nobody.status, nobody.body])
  for (const [me, other] of [
    [ben, ana],
    [ana, ben],
  ] as const) {
    expect(await idsOf(me, '?q=block')).toEqual([cho.me.id])
    expect(await idsOf(me, '/friends')).toEqual([cho.me.id])
    expect(await idsOf(me, `/${cho.me.id}/followers`)).toEqual([me.me.id])
    expect(codeOf(await me.get(`/api/people/${other.me.id}/following`))).toBe('not_found')
    expect(codeOf(await ask(me, other))).toBe('not_found')
    expect(codeOf(await accept(me, other))).toBe('not_found')
    expect(codeOf(await me.post(`/api/people/following/${other.me.id}`))).toBe('not_found')
    expect((await me.get('/api/people/counts')).body).toMatchObject({ friends: 1, following: 1, followers: 0 })
  }
  expect((await ana.get(`/api/people/${cho.me.id}`)).body).toMatchObject({ mutual: { count: 0 } })

  const facesFor = async (me: Person) =>
    ((await me.get(`/api/people/faces?ids=${[ana, ben, cho].map((it) => it.me.id).join()}`)).body as FacesFound).faces
      .map(({ id }) => id)
      .toSorted()
  expect(await facesFor(ana)).toEqual([ana.me.id, cho.me.id].toSorted())
  expect(await facesFor(ben)).toEqual([ben.me.id, cho.me.id].toSorted())
  expect(await facesFor(cho)).toEqual([ana.me.id, ben.me.id, cho.me.id].toSorted())

  expect(await idsOf(ana, '/blocked')).toEqual([ben.me.id])
  expect((await ana.get('/api/people/blocked/ids')).body).toEqual({ ids: [ben.me.id] })
  expect(await idsOf(ben, '/blocked')).toEqual([])
  expect((await ana.get(`/api/people/${ben.me.id}`)).body).toMatchObject({ blocked: true, bio: '', name: 'Blockb' })
  // The other side cannot lift it.
  await ben.send('DELETE', `/api/people/blocked/${ana.me.id}`)
  expect(codeOf(await ask(ben, ana))).toBe('not_found')
  await ana.send('DELETE', `/api/people/blocked/${ben.me.id}`)
  expect((await ask(ben, ana)).status).toBe(200)
})

test('PEOPLE-6: following is one-sided, counted once, and mutual when both do', async () => {
  const [ana, ben] = (await some('Ana', 'Ben')) as [Person, Person]
  for (let i = 0; i < 3; i++) await ana.post(`/api/people/following/${ben.me.id}`)
  expect((await ben.get('/api/people/counts')).body).toMatchObject({
    followers: 1,
    following: 0,
  } satisfies Partial<PeopleCounts>)
  await ben.post(`/api/people/following/${ana.me.id}`)
  const [shown] = await people(ana, `/${ana.me.id}/followers`)
  expect(shown?.standing).toEqual({ friendship: 'none', follows: true, followsMe: true })
  expect((await ana.get(`/api/people/${ben.me.id}`)).body).toMatchObject({ followers: 1, following: 1 })
  await ana.send('DELETE', `/api/people/following/${ben.me.id}`)
  expect(await idsOf(ana, `/${ana.me.id}/following`)).toEqual([])
})

test('PEOPLE-7: pages of a list neither repeat nor leave out; a cursor that we did not make is refused', async () => {
  const [ana, ...others] = (await some('Ana', ...Array.from({ length: 7 }, (_, i) => `Fan ${i}`))) as [
    Person,
    ...Person[],
  ]
  await Promise.all(others.map((other) => other.post(`/api/people/following/${ana.me.id}`)))
  const seen: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const { body } = await ana.get(`/api/people/${ana.me.id}/followers?limit=3${next && `&cursor=${next}`}`)
    const page = body as PeoplePage
    seen.push(...page.people.map((p) => p.id))
    next = page.next
  }
  expect(seen.toSorted()).toEqual(others.map((other) => other.me.id).toSorted())
  expect(codeOf(await ana.get('/api/people/friends?cursor=forged!'))).toBe('invalid')
})

test('PEOPLE-8: people are found by the beginning of handle or name in any writing, pages in order', async () => {
  const [ana] = (await some('Searcher')) as [Person]
  const found = await some('해바라기 하나', '해바라기 둘', 'Ｈａｅ Full', '하늘')
  expect(
    (await people(ana, `?q=${encodeURIComponent('해바라기'.normalize('NFD'))}`)).map((p) => p.name).toSorted(),
  ).toEqual(['해바라기 둘', '해바라기 하나'])
  expect((await people(ana, '?q=hae')).map((p) => p.name)).toEqual(['Ｈａｅ Full'])
  const [first] = found
  expect(await idsOf(ana, `?q=@${first?.me.handle.toUpperCase()}`)).toEqual([first?.me.id])
  expect(await idsOf(ana, '?q=Searcher')).toEqual([])
  expect(await idsOf(ana, '?q=%25')).toEqual([])
  const one = (await ana.get(`/api/people?q=${encodeURIComponent('해바라기')}&limit=1`)).body as PeoplePage
  const two = (await ana.get(`/api/people?q=${encodeURIComponent('해바라기')}&limit=1&cursor=${one.next}`))
    .body as PeoplePage
  expect([one.people.length, two.people.length, two.next]).toEqual([1, 1, null])
  expect(two.people[0]?.id).not.toBe(one.people[0]?.id)
})

test('PEOPLE-9: today’s study time is told to friends, not to strangers', async () => {
  const [ana, ben] = (await some('Ana', 'Ben')) as [Person, Person]
  const studied = async () => ((await ana.get(`/api/people/${ben.me.id}`)).body as PersonCard).studiedTodayMs
  expect(await studied()).toBeNull()
  await befriend(ana, ben)
  expect(await studied()).toBe(0)
  expect((await ben.send('PATCH', '/api/study/settings', { onBoards: false })).status).toBe(200)
  expect(await studied()).toBeNull()
})

test('PEOPLE-10: nothing here is for whoever is not signed in', async () => {
  const nobody = new Person(server.url)
  const [ana] = (await some('Ana')) as [Person]
  for (const path of ['?q=a', '/friends', '/requests', '/blocked', '/blocked/ids', '/counts', `/${ana.me.id}`])
    expect((await nobody.get(`/api/people${path}`)).status, path).toBe(401)
  expect((await nobody.post('/api/people/requests', { handle: ana.me.handle })).status).toBe(401)
  expect((await nobody.send('POST', '/api/me/image', 'x')).status).toBe(401)
})

describe('profile', () => {
  const upload = (person: Person, bytes: Uint8Array) => uploadTo<Me>(person, '/api/me/image', bytes)

  test('PROFILE-1: bio, address and status are shown on the card; an address that could run is refused', async () => {
    const [ana, ben] = (await some('Ana', 'Ben')) as [Person, Person]
    const change = { bio: '  hello\nthere ', url: 'https://ana.example/me', status: { text: 'math', until: null } }
    expect((await ana.send('PATCH', '/api/me', change)).status).toBe(200)
    expect((await ben.get(`/api/people/${ana.me.id}`)).body).toMatchObject({
      bio: '  hello\nthere',
      url: change.url,
      status: 'math',
    })
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://a.example',
      'https://u:p@a.example',
      'a.example',
      'https://a\u202e.example',
    ])
      expect(codeOf(await ana.send('PATCH', '/api/me', { url })), url).toBe('invalid')
    expect(codeOf(await ana.send('PATCH', '/api/me', { bio: 'x'.repeat(191) }))).toBe('invalid')
    await ana.send('PATCH', '/api/me', { status: { text: 'over', until: 5 } })
    expect((await ben.get(`/api/people/${ana.me.id}`)).body).toMatchObject({ status: null, bio: '  hello\nthere' })
    await ana.send('PATCH', '/api/me', { url: null })
    expect((await ana.get('/api/me')).body).toMatchObject({ url: null })
  })

  test('PROFILE-1: what only we set cannot be set from outside', async () => {
    const [ana] = (await some('Ana')) as [Person]
    await ana.send('PATCH', '/api/me', {
      name: 'Ana',
      image: 'x'.repeat(22),
      id: 'other',
      userId: 'other',
      role: 'admin',
    })
    expect((await ana.get('/api/me')).body).toMatchObject({ id: ana.me.id, image: null })
  })

  test('PROFILE-5: an image is served to whoever has its reference; the one before is gone', async () => {
    const [ana] = (await some('Ana')) as [Person]
    const first = await upload(ana, await picture('red'))
    expect(first.status).toBe(200)
    const served = await fetch(`${server.url}/avatars/${first.body.image}`)
    expect([served.status, served.headers.get('content-type'), served.headers.get('x-content-type-options')]).toEqual([
      200,
      'image/webp',
      'nosniff',
    ])
    expect(served.headers.get('cache-control')).toMatch(/^public, max-age=86400/)
    expect(served.headers.get('content-security-policy')).toContain('sandbox')
    const again = await fetch(`${server.url}/avatars/${first.body.image}-s`, {
      headers: { 'if-none-match': `"${first.body.image}-s"` },
    })
    expect(again.status).toBe(304)
    const second = await upload(ana, await picture('blue'))
    expect(second.body.image).not.toBe(first.body.image)
    for (const end of ['', '-s']) {
      expect((await fetch(`${server.url}/avatars/${first.body.image}${end}`)).status).toBe(404)
      expect((await fetch(`${server.url}/avatars/${second.body.image}${end}`)).status).toBe(200)
    }
    await ana.send('DELETE', '/api/me/image')
    expect((await fetch(`${server.url}/avatars/${second.body.image}`)).status).toBe(404)
    for (const path of ['..%2f..%2fsecret', 'x', `${second.body.image}-l`])
      expect((await fetch(`${server.url}/avatars/${path}`)).status, path).toBe(404)
  })

  test('PROFILE-2, PROFILE-3: a refused image changes nothing', async () => {
    const [ana] = (await some('Ana')) as [Person]
    const { body } = await upload(ana, await picture('red'))
    expect((await upload(ana, Buffer.from('<svg/>'))).status).toBe(415)
    expect((await upload(ana, Buffer.alloc(6 * 1024 * 1024))).status).toBe(413)
    expect((await upload(ana, Buffer.alloc(0))).status).toBe(415)
    expect(((await ana.get('/api/me')).body as Me).image).toBe(body.image)
    expect((await fetch(`${server.url}/avatars/${body.image}`)).status).toBe(200)
  })

  test('PROFILE-6: a new name and image are seen at once where one sits, and in what one says next', async () => {
    const [ana] = (await some('Ana')) as [Person]
    const made = await ana.post('/api/rooms', { name: 'Where Ana sits' })
    const { roomId } = made.body as { roomId: string }
    const room = await sit(ana, roomId)
    const changed = new Promise<void>((resolve) => {
      room.onStateChange((state) => {
        const member = state.members.get(ana.me.id)
        if (member?.name === 'Anna' && member.image !== '') resolve()
      })
    })
    await ana.send('PATCH', '/api/me', { name: 'Anna' })
    const { body } = await upload(ana, await picture('red'))
    await changed
    expect(room.state.members.get(ana.me.id)?.image).toBe(body.image)
    expect(room.state.ownerName).toBe('Anna')
    const heard = new Promise<string>((resolve) => {
      room.onStateChange((state) => {
        const slot = state.chat.find(({ number }) => number === 1)
        if (slot) resolve(slot.authorName)
      })
    })
    await room.request('chat.send', { outbox: 'o', n: 1, text: 'hi', mentions: [] })
    expect(await heard).toBe('Anna')
    await room.leave()
  })
})
