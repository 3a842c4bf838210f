import { expect, test } from 'vitest'
import { createStudyHub } from '#client/createStudyHub.ts'
import { memoryStorage } from '#client/keyValue.ts'
import { askUntil } from '#client/testing/askUntil.ts'
import type { StudyHub } from '#client/types.ts'
import type { OpenCheckAnswer } from '#schemas/api/checks.ts'
import type { InboxItem } from '#schemas/messages/inbox.ts'
import { Resident, sure } from '../harness/resident.ts'
import { until } from '../harness/until.ts'
import type { Pair } from './testing/pair.ts'

export type Studious = {
  readonly it: Resident
  readonly elsewhere: StudyHub
  readonly told: InboxItem[]
  leave(): Promise<unknown>
}
/** Studies from now on in a room of node a that asks after a minute, the least there is; another device of his is at node b. */
export async function sitsUnderChecks(pair: Pair): Promise<Studious> {
  const it = await Resident.signUp(pair.a.url)
  const stay = await it.enter(await it.createRoom({ kind: 'staying' }))
  sure(await stay.request('room.change', { attest: { on: true, minMs: 60_000, maxMs: 60_000 } }))
  sure(await stay.request('study.start', {}))
  const elsewhere = createStudyHub({ origin: pair.b.url, fetch: it.fetch, storage: memoryStorage() })
  await until(elsewhere.lobby.view, ({ connection }) => connection === 'live', 'his other device')
  const told: InboxItem[] = []
  elsewhere.onInbox((item) => told.push(item))
  return { it, elsewhere, told, leave: () => Promise.all([it.hub.close(), elsewhere.close()]) }
}

/** To be the last: the check comes a minute after `sitsUnderChecks`. */
export function checksOverNodes(studious: () => Studious): void {
  test('NODE-26 (T4): a presence check of a room at node a is shown to a device at node b, and is answered there', async () => {
    const { it, elsewhere, told } = studious()
    const check = () => told.findLast((item) => item.kind === 'check')
    const open = await askUntil(check, (item) => item !== undefined, 'the check', { limitMs: 120_000 })
    if (open?.kind !== 'check' || !open.open) throw new Error(`told ${JSON.stringify(told)}`)
    const asked = sure(await elsewhere.api.get<OpenCheckAnswer>('/api/me/check'))
    expect(asked.check).toMatchObject({ roomId: it.room.roomId, asked: open.asked })
    sure(await elsewhere.api.send('POST', `/api/rooms/${it.room.roomId}/check`, { asked: open.asked }))
    await askUntil(check, (item) => item?.kind === 'check' && !item.open, 'it being over')
    expect(it.room.state.members.get(it.userId)?.studyingSince).toBeGreaterThan(0)
  })
}
