import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { codeOf, newPerson, PASSWORD, Person, signUp } from '#server/testing/person.ts'
import { type Line, routes } from '#server/testing/routes.ts'
import { type ThingName, thingOf } from '#server/testing/things.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

type Schema = { properties?: Record<string, unknown> }
type Operation = { requestBody?: { content: Record<string, { schema: Schema }> } }
type Route = { name: string; method: string; path: string; operation: Operation }

let server: InProcess
let all: Route[]
let owner: Person
let stranger: Person
let blocked: Person
let removed: Person
const owned = new Map<ThingName, string>()

beforeAll(async () => {
  server = await inProcess({ RATE_FACTOR: '10000' })
  const { body } = await new Person(server.url).get('/api/openapi.json')
  const { paths } = body as { paths: Record<string, Record<string, Operation>> }
  all = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const upper = method.toUpperCase()
      return { name: `${upper} ${path}`, method: upper, path, operation }
    }),
  )
  ;[owner, stranger, blocked, removed] = (await Promise.all(
    ['Owner', 'Stranger', 'Blocked', 'Removed'].map((name) => newPerson(server.url, name)),
  )) as [Person, Person, Person, Person]
  if (all.some((route) => route.name === 'POST /api/people/blocked/{id}'))
    expect((await owner.post(`/api/people/blocked/${blocked.me.id}`)).status).toBe(200)
  for (const { ids } of Object.values(routes))
    for (const name of Object.values(ids ?? {})) {
      if (owned.has(name) || !routesOf(name)) continue
      const id = await thingsOf(owner, owned)(name)
      await thingOf(name).remove?.(owner, id, removed)
    }
})
afterAll(() => server?.stop())

const lineOf = (name: string): Line => {
  const line = routes[name]
  if (!line) throw new Error(`${name} has no line in server/testing/routes.ts: say there what it answers to whom`)
  return line
}
/** Ids of somebody's things, each made when it is first asked for. */
const thingsOf = (person: Person, made = new Map<ThingName, string>()) => {
  const idOf = async (name: ThingName): Promise<string> => {
    const id = made.get(name) ?? (await thingOf(name).make(person, idOf))
    made.set(name, id)
    return id
  }
  return idOf
}
/** Whether any route there is names such a thing. */
const routesOf = (thing: ThingName) => all.some(({ name }) => Object.values(routes[name]?.ids ?? {}).includes(thing))
const mutating = () => all.filter(({ method }) => method !== 'GET')
const takesBody = ({ operation }: Route) => operation.requestBody?.content['application/json'] !== undefined

/** The route's address with ids of somebody's things. */
async function addressOf({ path }: Route, { ids, query }: Line, idOf: (name: ThingName) => Promise<string> | string) {
  let address = path
  for (const [parameter, name] of Object.entries(ids ?? {}))
    address = address.replace(`{${parameter}}`, encodeURIComponent(await idOf(name)))
  if (address.includes('{')) throw new Error(`${path}: a parameter without a thing in server/testing/routes.ts`)
  return query ? `${address}?${query}` : address
}
const ownedId = (name: ThingName) => owned.get(name) ?? ''
const ask = async (route: Route, who: Person, headers: Record<string, string> = {}) => {
  const line = lineOf(route.name)
  const body = takesBody(route) ? (line.body ?? {}) : undefined
  return who.send(route.method, await addressOf(route, line, ownedId), body, headers)
}

// That the table has the routes of the document and no others is held by `openApi.test.ts`.
test('API-1, API-9: every line says what its route needs', () => {
  for (const route of all) {
    const { ids, stranger, blocked, removed, body } = lineOf(route.name)
    const parameters = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(Object.keys(ids ?? {}), route.name).toEqual(parameters)
    if (parameters.length > 0)
      for (const status of [stranger, blocked, removed]) expect(status, `${route.name}: a status`).toBeTypeOf('number')
    if (takesBody(route)) expect(body, `${route.name}: a body`).toBeDefined()
  }
})

test('API-9: a route answers whom it does not concern as its line says', async () => {
  const wrong: string[] = []
  for (const route of all) {
    const line = lineOf(route.name)
    const actors = [
      ['out', new Person(server.url)],
      ['stranger', stranger],
      ['blocked', blocked],
      ['removed', removed],
    ] as const
    for (const [actor, who] of line.ids ? actors : actors.slice(0, 1)) {
      const answer = await ask(route, who)
      if (answer.status !== line[actor])
        wrong.push(`${route.name} to ${actor}: ${answer.status} ${codeOf(answer) ?? ''}, not ${line[actor]}`)
    }
  }
  expect(wrong).toEqual([])
})

test('API-9: nobody who was refused has changed anything: what he named is still its owner’s', async () => {
  expect((await owner.get('/api/me')).body).toMatchObject({ id: owner.me.id, name: 'Owner' })
  expect((await owner.get(`/api/rooms/${ownedId('room')}`)).body).toMatchObject({ name: 'A room', owner: owner.me.id })
})

describe('pages of other origins', () => {
  test.each<[string, Record<string, string>]>([
    ['a foreign one', { origin: 'https://evil.example' }],
    ['an opaque one', { origin: 'null' }],
    ['one that only the browser names', { 'sec-fetch-site': 'cross-site' }],
  ])('API-3, API-9: %s gets nothing changed, on any route that could', async (_, headers) => {
    const wrong: string[] = []
    for (const route of mutating()) {
      const answer = await ask(route, owner, headers)
      if (codeOf(answer) !== 'foreign_origin') wrong.push(`${route.name}: ${answer.status} ${codeOf(answer) ?? ''}`)
    }
    expect(wrong).toEqual([])
    expect((await owner.get('/api/me')).status).toBe(200)
  })
})

describe('fields that a body does not declare', () => {
  const MARK = 'forgedx9'
  const forged: Record<string, unknown> = {
    ...{ id: MARK, userId: MARK, user_id: MARK, owner: MARK, ownerId: MARK, author: MARK, by: MARK, groupId: MARK },
    ...{ role: MARK, roles: [MARK], isAdmin: MARK, createdAt: MARK, passwordHash: MARK, email: `${MARK}@evil.example` },
    ...{ emailVerified: true, members: [MARK], leader: MARK, leaderId: MARK, __proto__x: MARK },
  }

  test('API-9: are refused or change nothing: no answer and no file holds what they said', async () => {
    const wrong: string[] = []
    for (const route of mutating().filter(takesBody)) {
      const line = lineOf(route.name)
      const declared = route.operation.requestBody?.content['application/json']?.schema.properties ?? {}
      const extra = Object.fromEntries(Object.entries(forged).filter(([name]) => !(name in declared)))
      // Somebody new for each: some routes end the account.
      const person = await newPerson(server.url, 'Plain')
      const address = await addressOf(route, line, thingsOf(person))
      const answer = await person.send(route.method, address, { ...line.body, ...extra })
      if (answer.status >= 500) wrong.push(`${route.name}: ${answer.status}`)
      if (JSON.stringify(answer.body).includes(MARK)) wrong.push(`${route.name} repeats them`)
      const me = (await person.get('/api/me')).body as Record<string, unknown>
      if (me['id'] !== undefined && (me['id'] !== person.me.id || (me['role'] ?? 'user') !== 'user'))
        wrong.push(`${route.name} made ${JSON.stringify(me)}`)
    }
    expect(wrong).toEqual([])
    for (const name of await readdir(server.dataDir, { recursive: true })) {
      const bytes = await readFile(join(server.dataDir, name)).catch(() => Buffer.alloc(0))
      expect(bytes.includes(MARK), `${name} holds a forged field`).toBe(false)
    }
  })

  // Else the test above would only ever meet bodies that are wrong anyway.
  test('API-9: the bodies of the table get their owner through', async () => {
    const wrong: string[] = []
    for (const route of mutating().filter(takesBody)) {
      const line = lineOf(route.name)
      const person = line.out === 401 && !line.open ? await newPerson(server.url, 'Plain') : new Person(server.url)
      const address = await addressOf(route, line, thingsOf(person))
      const { status } = await person.send(route.method, address, line.body ?? {})
      const wanted = line.open ? line.out : line.through
      if (wanted === undefined ? status >= 300 : status !== wanted) wrong.push(`${route.name}: ${status}`)
    }
    expect(wrong).toEqual([])
  })

  // Its body holds a code from the mail, which no table can give.
  test('API-9: nobody gives himself an id or a role as he signs up', async () => {
    const person = new Person(server.url)
    const plain = { email: 'plain@study.example', password: PASSWORD, name: 'Plain', handle: 'plain.one' }
    const answer = await signUp(person, { ...forged, role: 'admin', roles: ['admin'], ...plain })
    if (answer.status === 400) return
    expect(answer.status).toBe(201)
    expect(JSON.stringify(answer.body)).not.toContain(MARK)
    const me = (await person.get('/api/me')).body as Record<string, unknown>
    expect([me['email'], me['role'] ?? 'user']).toEqual([plain.email, 'user'])
  })

  test('API-9: a role that exists is not taken either', async () => {
    for (const route of mutating().filter(takesBody)) {
      const declared = route.operation.requestBody?.content['application/json']?.schema.properties ?? {}
      if ('role' in declared) continue
      const line = lineOf(route.name)
      const person = await newPerson(server.url, 'Plain')
      const address = await addressOf(route, line, thingsOf(person))
      await person.send(route.method, address, { ...line.body, role: 'admin', roles: ['admin'], isAdmin: true })
      const me = (await person.get('/api/me')).body as Record<string, unknown>
      expect(me['role'] ?? 'user', route.name).toBe('user')
    }
  })
})
