import { expect, test } from 'vitest'
import { createStudyHub } from '#client/createStudyHub.ts'
import { memoryStorage } from '#client/keyValue.ts'
import { askUntil } from '#client/testing/askUntil.ts'
import type { OpenCheckAnswer } from '#schemas/api/checks.ts'
import type { InboxItem } from '#schemas/messages/inbox.ts'
import { Resident, sure } from '../harness/resident.ts'
import { until } from '../harness/until.ts'
import type { Pair } from './testing/pair.ts'

type Check = Extract<InboxItem, { kind: 'check' }>
export type Studious = {
  readonly it: Resident
  /** What his other device was told of checks. */
  readonly told: Check[]
  /** For each check that opened, what that device was told when it asked, once it has answered it. */
  readonly answers: Promise<OpenCheckAnswer>[]
  leave(): Promise<unknown>
}
/**
 * Studies from now on in a room of node a that asks after a minute, the least there is; another device of his is at node b, and answers
 * as soon as it is asked: how long other tests take meanwhile does not matter.
 */
export async function sitsUnderChecks(pair: Pair): Promise<Studious> {
  const it = await Resident.signUp(pair.a.url)
  const stay = await it.enter(await it.createRoom({ kind: 'staying' }))
  sure(await stay.request('room.change', { attest: { on: true, minMs: 60_000, maxMs: 60_000 } }))
  sure(await stay.request('study.start', {}))
  const elsewhere = createStudyHub({ origin: pair.b.url, fetch: it.fetch, storage: memoryStorage() })
  await until(elsewhere.lobby.view, ({ connection }) => connection === 'live', 'his other device')
  const told: Check[] = []
  const answers: Promise<OpenCheckAnswer>[] = []
  const answer = async ({ roomId, asked }: Check) => {
    const open = sure(await elsewhere.api.get<OpenCheckAnswer>('/api/me/check'))
    sure(await elsewhere.api.send('POST', `/api/rooms/${roomId}/check`, { asked }))
    return open
  }
  elsewhere.onInbox((item) => {
    if (item.kind !== 'check') return
    const known = told.some(({ asked }) => asked === item.asked)
    told.push(item)
    if (!item.open || known) return
    const answering = answer(item)
    answering.catch(() => undefined) // whoever waits for it is told
    answers.push(answering)
  })
  return { it, told, answers, leave: () => Promise.all([it.hub.close(), elsewhere.close()]) }
}

/** To be the last: the first check comes a minute after `sitsUnderChecks`. */
export function checksOverNodes(studious: () => Studious): void {
  test('NODE-26 (T4): a presence check of a room at node a is shown to a device at node b, and is answered there', async () => {
    const { it, told, answers } = studious()
    const first = () => answers[0]
    const answer = await askUntil(first, (it) => it !== undefined, 'the check', { limitMs: 120_000 })
    expect(answer?.check).toMatchObject({ roomId: it.room.roomId, asked: told[0]?.asked })
    const over = () => told.some(({ asked, open }) => asked === told[0]?.asked && !open)
    await askUntil(over, (is) => is, 'it being over')
    expect(it.room.state.members.get(it.userId)?.studyingSince).toBeGreaterThan(0)
  })
}
