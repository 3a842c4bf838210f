import { setTimeout as sleep } from 'node:timers/promises'
import { backoffMs } from '#client/backoff.ts'
import { takeSeat } from '../bench/wires/colyseusFrames.ts'
import { percentile } from '../percentile.ts'
import type { StudyRival } from './studyRival.ts'

export type Storm = {
  readonly lost: number
  readonly back: number
  readonly tries: number
  readonly p50: number
  readonly p99: number
  readonly last: number
}

const PATIENCE_MS = 60_000

/**
 * `kill -9` of the first node: everybody who sat there asks for a new seat at the others, with the pauses of the client core,
 * until he has the room's state again. Milliseconds from the kill.
 */
export async function returnStorm(rival: StudyRival): Promise<Storm> {
  const [victim, ...left] = rival.nodes
  if (!victim || left.length === 0) throw new Error('a node that dies needs another one')
  const times: number[] = []
  const returns: Promise<void>[] = []
  let tries = 0
  const from = performance.now()

  async function comeBack({ person, roomId }: Parameters<StudyRival['onLost']>[0], k: number): Promise<void> {
    for (let i = 0; performance.now() - from < PATIENCE_MS; i++) {
      await sleep(i === 0 ? Math.random() * 300 : backoffMs(i, Math.random))
      try {
        tries++
        const seat = await person.enter(roomId, left[k % left.length]?.url)
        await takeSeat(`http://${seat.publicAddress}`, seat)
        times.push(performance.now() - from)
        return
      } catch {
        // Not yet: the node is not known to be dead, or its successor is busy.
      }
    }
  }

  const { host } = new URL(victim.url)
  const lost = [...rival.sitters].filter(({ node }) => node === host).length
  const everybody = Promise.withResolvers<void>()
  rival.onLost = (sitter) => {
    returns.push(comeBack(sitter, returns.length))
    if (returns.length === lost) everybody.resolve()
  }
  victim.kill()
  await Promise.race([everybody.promise, sleep(PATIENCE_MS)])
  await Promise.all(returns)
  const last = Math.max(...times)
  return { lost, back: times.length, tries, p50: percentile(times, 0.5), p99: percentile(times, 0.99), last }
}
