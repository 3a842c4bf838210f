import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { PresenceView } from '#schemas/messages/presence.ts'
import { newPerson, type Person } from '#server/testing/person.ts'
import { sit } from '#server/testing/sit.ts'
import { startServer } from '#server/testing/startServer.ts'

const myself = async (person: Person): Promise<PresenceView | undefined> =>
  ((await person.get(`/api/presence?users=${person.me.id}`)).body as { presences: PresenceView[] }).presences[0]

test('PRESENCE-5: after kill -9 its users are offline, and were last seen when it died; what they chose is kept', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'studyhub-'))
  const first = await startServer({ dataDir })
  onTestFinished(() => first.kill())
  const ana = await newPerson(first.url)
  const { roomId } = (await ana.post('/api/rooms', { name: 'Night owls', kind: 'staying' })).body as { roomId: string }
  const before = Date.now()
  const room = await sit(ana, roomId)
  // What is told has been kept.
  const told = new Promise<PresenceView>((resolve) => {
    room.onMessage('presence.changed', ({ presences }) => {
      for (const view of presences) if (view.state === 'dnd') resolve(view)
    })
  })
  expect(await room.request('presence.watch', { users: [ana.me.id] })).toMatchObject({
    presences: [{ state: 'online' }],
  })
  await ana.send('PATCH', '/api/me/presence', { choice: 'dnd' })
  expect(await told).toMatchObject({ place: { kind: 'room', name: 'Night owls' }, lastSeenAt: null })
  await first.kill()
  const killedAt = Date.now()

  const again = await startServer({ dataDir })
  onTestFinished(async () => {
    await again.kill()
    await rm(dataDir, { recursive: true, force: true })
  })
  const back = Object.assign(Object.create(Object.getPrototypeOf(ana)), ana, { url: again.url }) as Person
  const view = await myself(back)
  expect(view).toMatchObject({ state: 'offline', place: null })
  const at = view?.lastSeenAt ?? 0
  expect(at).toBeGreaterThan(before - 6 * 60_000)
  expect(at).toBeLessThanOrEqual(killedAt)
  expect((await back.get('/api/me/presence')).body).toEqual({ choice: 'dnd' })
})
