import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { bootPlaces, mustEnter, person } from '#rooms/testing/bootPlaces.ts'
import { openTestLedger } from '#rooms/testing/testLedger.ts'
import { parseEvent } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'

test('PLACE-17: after kill -9 the next process wakes what was live: members are returning, and who does not come leaves', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'studyhub-death-'))
  const child = spawn(process.execPath, [join(import.meta.dirname, '../testing/liveUntilKilled.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  let roomId = ''
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue
    roomId = JSON.parse(line).roomId
    break
  }
  child.kill('SIGKILL')
  await exited
  const killedAt = Date.now()

  const ledger = await openTestLedger(folder)
  const node = await bootPlaces({ ledger, node: 'next' })
  onTestFinished(async () => {
    await node.stop()
    rmSync(folder, { recursive: true })
  })
  // Nobody has asked for the room.
  await expect
    .poll(() => node.places.card(roomId))
    .toMatchObject({
      members: 2,
      studying: 0,
      faces: [{ userId: 'ana' }, { userId: 'ben' }],
    })
  const ben = await mustEnter(node, person('ben'), roomId)
  expect(ben.state.members.get('ana')).toMatchObject({ connected: false, role: 'owner' })
  expect(ben.state.members.get('ben')).toMatchObject({ connected: true, entrance: 2 })

  const events = async () =>
    (await ledger.tail(roomId, 0, 1000)).flatMap((envelope) => {
      const parsed = parseEvent(envelope)
      return parsed.ok ? [parsed.event] : []
    })
  const left = async () => (await events()).find((event) => event.type === 'member.left')
  await expect.poll(left, { timeout: limits.returningMs + 15_000, interval: 500 }).toBeDefined()
  expect(await left()).toMatchObject({ data: { userId: 'ana', how: 'dropped' } })
  expect((await left())?.at).toBeGreaterThanOrEqual(killedAt + limits.returningMs - 1000)
  // Nothing is credited after the death.
  for (const event of await events())
    if (event.type === 'study.extended' || event.type === 'study.closed')
      expect(event.data.to).toBeLessThanOrEqual(killedAt)
  await expect.poll(() => ben.state.owner).toBe('ben')
  expect(node.places.card(roomId)).toMatchObject({ members: 1, faces: [{ userId: 'ben' }] })
})
