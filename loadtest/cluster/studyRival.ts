import { setTimeout as sleep } from 'node:timers/promises'
import { type ServerChild, startServerChild } from '../bench/serverChild.ts'
import { takeSeat } from '../bench/wires/colyseusFrames.ts'
import type { Person } from '../person.ts'
import type { Counts } from './counts.ts'
import { freePort } from './freePort.ts'
import type { Member, Rival } from './rival.ts'
import { type Roommates, studyMember } from './studyMember.ts'

/** Where somebody sits. */
export type Sitter = { readonly person: Person; readonly roomId: string; readonly node: string }

export type StudyRival = Rival & {
  /** A place in the lobby with its first page; the number of frames that it gets is told by `seen`. */
  lobby(index: number, seen: (bytes: number) => void): Promise<Member>
  /** Who sits in a study room, by the public address of its node. */
  readonly sitters: ReadonlySet<Sitter>
  /** Called with everybody whose socket was closed by the server. */
  onLost: (sitter: Sitter) => void
  readonly people: Person[]
}

/** Real nodes and one worker on the same servers. People are there before, once for all runs: accounts are in the shared database. */
export async function studyRival(
  nodes: number,
  env: Readonly<Record<string, string>>,
  people: Person[],
  counts: Counts,
  gather = false,
): Promise<StudyRival> {
  const children = await Promise.all(Array.from({ length: nodes }, () => startNode(env)))
  const worker = await startServerChild('worker', env)
  for (const { url } of children) while (!(await fetch(`${url}/readyz`)).ok) await sleep(1000)
  const sitters = new Set<Sitter>()
  let asked = 0
  const nextNode = () => children[asked++ % children.length]?.url ?? ''

  const rival: StudyRival = {
    name: `StudyHub, ${nodes} node${nodes === 1 ? '' : 's'}`,
    nodes: children,
    others: [worker],
    people,
    sitters,
    onLost: () => {},
    async room(index, size) {
      const crowd = people.slice(index * size, (index + 1) * size)
      const [owner] = crowd
      if (!owner || crowd.length < size) throw new Error('not enough people have signed up')
      const facts = { name: `Room ${index}`, capacity: Math.max(size, 2), kind: 'staying' }
      const roomId = await owner.room(facts, children[gather ? 0 : index % children.length]?.url)
      const roommates: Roommates = new Set()
      return crowd.map((person, i) => async () => {
        const seat = await person.enter(roomId, nextNode())
        const sitter = { person, roomId, node: seat.publicAddress ?? '' }
        sitters.add(sitter)
        // The last one in is told last, so he is the one who looks at the clock.
        return studyMember(seat, `load-${index}-${i}`, counts, i === size - 1, roommates, () => {
          sitters.delete(sitter)
          rival.onLost(sitter)
        })
      })
    },
    async lobby(index, seen) {
      const { seat } = await (people[index % people.length] as Person).post<{ seat: Parameters<typeof takeSeat>[1] }>(
        '/api/lobby/enter',
        { device: 'bench' },
        nextNode(),
      )
      const socket = await takeSeat(`http://${seat.publicAddress}`, seat, (_code, frame) => seen(frame.length))
      return { say() {}, close: () => socket.terminate() }
    },
    async stop() {
      rival.onLost = () => {}
      await Promise.all(children.map((child) => child.stop()))
      await worker.stop()
    },
  }
  return rival
}

export async function startNode(env: Readonly<Record<string, string>>): Promise<ServerChild> {
  // Its public address has to be known before it listens.
  const port = await freePort()
  const own = { PORT: String(port), ORIGIN: `http://127.0.0.1:${port}`, PUBLIC_ADDRESS: `127.0.0.1:${port}` }
  return startServerChild('study', { ...env, ...own })
}
