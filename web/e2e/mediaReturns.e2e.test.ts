import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { returns } from './testing/mediaBack.ts'
import { mediaHouse } from './testing/mediaHouse.ts'
import type { Person } from './testing/Person.ts'
import { sitTogether } from './testing/sitTogether.ts'
import { cameraOf, joinsVoice, moves, turnsOn } from './testing/voice.ts'

const house = mediaHouse()

/** Two who hear and see each other. */
async function two(room: string): Promise<[Person, Person]> {
  const people = (await sitTogether(house(), room, 'Mina', 'Joon')) as [Person, Person]
  for (const person of people) {
    await joinsVoice(person)
    await turnsOn(person, 'mic')
    await turnsOn(person, 'camera')
  }
  const [mina, joon] = people
  await moves(cameraOf(mina, 'Joon'))
  await moves(cameraOf(joon, 'Mina'))
  return people
}

/** Process ids of the node's media workers. */
const workersOf = (node: number): number[] =>
  readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const [, program, parent] = /^\d+ \((.*)\) \S+ (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? []
      return Number(parent) === node && program?.startsWith('mediasoup') ? [Number(name)] : []
    } catch {
      return [] // it has ended meanwhile
    }
  })

test('MWEB-51: the media worker is killed: voice and video come back by themselves', async () => {
  const people = await two('Worker gone')
  const workers = workersOf(house().server.child.pid ?? 0)
  expect(workers.length).toBeGreaterThan(0)
  const ms = await returns(people, () => {
    for (const pid of workers) process.kill(pid, 'SIGKILL')
  })
  console.log(`worker killed: back after ${Math.round(ms)} ms`)
  expect(ms).toBeLessThan(20_000)
})

test('MWEB-50: the node is killed and started again: voice and video come back by themselves, with what was on before', async () => {
  const people = await two('Node gone')
  let up = 0
  const ms = await returns(people, async () => {
    await house().restartAfterKill()
    up = performance.now()
  })
  const since = performance.now() - up
  console.log(`node killed: back after ${Math.round(ms)} ms, ${Math.round(since)} ms after it was up again`)
  // How long a node takes to start is the machine's matter.
  expect(since).toBeLessThan(30_000)
  const [mina, joon] = people
  await moves(cameraOf(mina, 'Joon'))
  await moves(cameraOf(joon, 'Mina'))
})
