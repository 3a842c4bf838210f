import { expect, test } from 'vitest'
import { createStudyHub } from '#client/createStudyHub.ts'
import { memoryStorage } from '#client/keyValue.ts'
import { FIRST_PROTOCOL, PROTOCOL, PROTOCOL_HEADER } from '#schemas/version.ts'
import { Resident } from '../harness/resident.ts'
import { until } from '../harness/until.ts'
import type { Pair } from './testing/pair.ts'

/** A page of before clients told their version. */
const OLD = { [PROTOCOL_HEADER]: String(FIRST_PROTOCOL) }

/** Clients and nodes of two releases side by side. */
export function versionsSideBySide(pair: () => Pair): void {
  test('NODE-30: old and new clients and nodes side by side: who is too old for a node or the room’s node is told to reload', async () => {
    const c = await pair().cluster.startNode({ OLDEST_CLIENT: String(PROTOCOL) })
    const door = await pair().cluster.door(pair().a)
    const old = await Resident.signUp(door.url, { headers: OLD })
    const neu = await pair().comes(c)
    const shared = await old.createRoom({ kind: 'staying' })
    const both = [await old.enter(shared), await neu.enter(shared)] as const
    both[1].chat.send('from another version')
    await until(both[0].chat.view, ({ messages }) => messages.length === 1, 'what the other version said')

    // A room of the new node, by way of an old one.
    const news = await neu.createRoom({ kind: 'staying' })
    await neu.enter(news)
    expect(old.hub.outdated.get()).toBe(false)
    expect(await old.hub.api.send('POST', `/api/rooms/${news}/enter`, {})).toMatchObject({ refused: 'outdated' })
    expect(old.hub.outdated.get()).toBe(true)

    // The last old node goes, as far as he can see: wherever he comes, he is told.
    const page = createStudyHub({ ...old.options, fetch: old.fetch, storage: memoryStorage() })
    await until(page.session, ({ status }) => status === 'in', 'the session')
    expect(await page.enter(shared)).toMatchObject({ status: 'in' })
    expect(page.outdated.get()).toBe(false)
    door.aim(c)
    door.proxy.cut()
    door.proxy.heal()
    await page.leave()
    expect(await page.enter(shared)).toEqual({ status: 'outdated' })
    expect(page.outdated.get()).toBe(true)
    const fresh = createStudyHub({ origin: c.url, fetch: old.fetch, storage: memoryStorage() })
    await until(fresh.session, ({ status }) => status === 'in', 'the session of the page loaded again')
    expect(await fresh.enter(shared)).toMatchObject({ status: 'in' })
    await Promise.all([old.hub, page, fresh].map((hub) => hub.close()))
  })
}
