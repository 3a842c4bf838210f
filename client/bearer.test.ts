import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { newPerson, PASSWORD } from '#server/testing/person.ts'
import { createBearer } from './bearer.ts'
import { memoryStorage } from './keyValue.ts'

let server: InProcess
beforeAll(async () => {
  server = await inProcess()
})
afterAll(() => server.stop())

test('SESS-5: a client without cookies stays signed in: ended access is renewed once, however many calls wait for it', async () => {
  const mina = await newPerson(server.url)
  let now = Date.now()
  let refreshes = 0
  const sentTo: string[] = []
  const bearer = createBearer({
    origin: server.url,
    storage: memoryStorage(),
    now: () => now,
    fetch: (input, init) => {
      const request = new Request(input, init)
      if (request.url.endsWith('/refresh')) refreshes++
      if (request.headers.has('authorization')) sentTo.push(new URL(request.url).origin)
      return fetch(request)
    },
  })
  const me = () => bearer.fetch(`${server.url}/api/me`).then((answer) => answer.status)
  expect(await me()).toBe(401)
  expect(await bearer.signIn({ email: mina.me.email, password: 'Wrong-1!' })).toMatchObject({
    refused: 'bad_credentials',
  })
  expect(await bearer.signIn({ email: mina.me.email, password: PASSWORD, device: 'A bot' })).toBeNull()
  expect([await me(), refreshes]).toEqual([200, 0])
  now += 600_000
  expect(await Promise.all([me(), me(), me()])).toEqual([200, 200, 200])
  expect(refreshes).toBe(1)
  await bearer.fetch('http://127.0.0.1:9/elsewhere').catch(() => {})
  expect(new Set(sentTo)).toEqual(new Set([server.url]))
  await mina.post('/api/accounts/devices/end-others')
  now += 1_200_000
  expect(await me()).toBe(401)
  bearer.forget()
  expect(await me()).toBe(401)
})
