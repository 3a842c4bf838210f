import { afterAll, beforeAll } from 'vitest'
import type { StudyActor } from '#rooms/study/StudyRoom.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { type Booted, bootPlaces, person } from './bootPlaces.ts'
import { faultyLedger } from './faultyLedger.ts'
import { openTestLedger } from './testLedger.ts'

type Caller = ReturnType<typeof person>

/** A node for the file's tests, on a ledger that can fail. `bufferCap`: bytes that may wait for one reader. */
export function nodeForFile(options: { readonly bufferCap?: number } = {}) {
  let node: Booted
  let faults: ReturnType<typeof faultyLedger>
  beforeAll(async () => {
    faults = faultyLedger(await openTestLedger())
    node = await bootPlaces({ ledger: faults.ledger, ...options })
  })
  afterAll(() => node.stop())
  let people = 0
  let messages = 0
  return {
    node: () => node,
    faults: () => faults,
    somebody: (): Caller => person(`user-${++people}`),
    said: (text: string) => ({ outbox: 'outbox', n: ++messages, text, mentions: [] }),
    actorOf: (id: string) => node.actors.get(id) as StudyActor,
    async seatIn(caller: Caller, id: string) {
      const entered = await node.places.enterStudy(caller, id, undefined)
      if (isRefusal(entered)) throw new Error(entered.refused)
      return entered.seat
    },
  }
}
