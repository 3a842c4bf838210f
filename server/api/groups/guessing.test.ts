import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCode } from '#server/groups/joinCode.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { codeOf, newPerson, Person } from '#server/testing/person.ts'

let server: InProcess
beforeAll(async () => {
  server = await inProcess()
})
afterAll(() => server.stop())

test('GROUP-4: guessing codes ends after a few tries, also in parallel and signed out; the answers tell nothing apart', async () => {
  const leader = await newPerson(server.url, 'Lea')
  const { groupId } = (await leader.post('/api/groups', { name: 'Night owls' })).body as { groupId: string }
  const { code } = (await leader.get(`/api/groups/${groupId}`)).body as { code: string }
  const guest = new Person(server.url)
  // Valid codes are no guesses: they use nothing up.
  for (let i = 0; i < 25; i++) expect((await guest.post('/api/groups/preview', { code })).status).toBe(200)
  const wrong = await Promise.all(
    Array.from({ length: 30 }, (_, i) => guest.post('/api/groups/preview', { code: i % 2 ? newCode() : `no-${i}` })),
  )
  expect(wrong.filter((a) => codeOf(a) === 'not_found')).toHaveLength(20)
  expect(wrong.filter((a) => codeOf(a) === 'too_many_tries')).toHaveLength(10)
  expect(codeOf(await guest.post('/api/groups/preview', { code }))).toBe('too_many_tries')
  expect(server.logged()).not.toContain(code)
})
