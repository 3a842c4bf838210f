import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Draft } from '#schemas/events/envelope.ts'
import { type Appended, type Claimed, type Ledger, NodeDead, type UserPlace } from '../ports/ledger.ts'

export type LedgerUnderTest = {
  readonly ledger: Ledger
  /** Kills the server without a warning, starts it again on the same data, and connects anew. */
  reopen(): Promise<Ledger>
  close(): Promise<void>
}

const HOUR = 3_600_000
const draft = (data: unknown = {}): Draft => ({
  id: randomUUID(),
  type: 'test.happened',
  version: 1,
  at: 1_000,
  actor: 'u1',
  data,
})
const drafts = (count: number): Draft[] => Array.from({ length: count }, (_, i) => draft({ i }))

/** What every ledger guarantees. Ids are new for each test, so a shared server may be used. */
export function ledgerContract(name: string, open: () => Promise<LedgerUnderTest>): void {
  describe(`ledger contract: ${name}`, () => {
    let under: LedgerUnderTest
    let ledger: Ledger
    let place: string
    let node: string
    beforeAll(async () => {
      under = await open()
      ledger = under.ledger
    })
    beforeEach(async () => {
      place = randomUUID()
      node = randomUUID()
      await ledger.heartbeat(node)
    })
    afterAll(() => under.close())

    const reopen = async () => {
      ledger = await under.reopen()
    }
    const claimed = async (by = node, of = place): Promise<Claimed> => {
      const claim = await ledger.claim(of, by)
      if ('owner' in claim) throw new Error(`owned by ${claim.owner}`)
      return claim
    }
    const append = (epoch: number, expectedVersion: number, events: Draft[], batchId: string = randomUUID()) =>
      ledger.append({ place, epoch, expectedVersion, batchId, events })
    const must = (appended: Appended) => {
      if (!appended.ok) throw new Error(appended.why)
      return appended
    }
    /** Claims, and brings the place to version `count`. */
    const started = async (count: number) => {
      const { epoch } = await claimed()
      must(await append(epoch, 0, drafts(count)))
      return epoch
    }

    test('LEDGER-1: the clock never goes back, also over a restart', async () => {
      const first = await ledger.now()
      const beat = await ledger.heartbeat(node)
      await reopen()
      const later = await ledger.now()
      expect(beat.now).toBeGreaterThanOrEqual(first)
      expect(later).toBeGreaterThanOrEqual(beat.now)
      expect(Math.abs(later - Date.now())).toBeLessThan(60_000)
    })

    test('LEDGER-2: a silent node may be marked dead, for good; a beating one not', async () => {
      expect(await ledger.markDead(node, HOUR)).toBe(false)
      expect((await ledger.nodes()).map((beat) => beat.node)).toContain(node)
      expect(await ledger.markDead(node, 0)).toBe(true)
      expect(await ledger.markDead(node, HOUR)).toBe(true)
      expect(await ledger.heartbeat(node)).toMatchObject({ alive: false })
      expect((await ledger.nodes()).map((beat) => beat.node)).not.toContain(node)
      await reopen()
      expect(await ledger.heartbeat(node)).toMatchObject({ alive: false })
      await expect(ledger.claim(place, node)).rejects.toBeInstanceOf(NodeDead)
    })

    test('LEDGER-2: each beat is seen at once, and the clock goes on from it', async () => {
      const shown = async () => (await ledger.nodes()).find((it) => it.node === node)?.at
      const before = (await shown()) ?? 0
      while ((await ledger.now()) === before);
      const beat = await ledger.heartbeat(node)
      expect(beat.now).toBeGreaterThan(before)
      expect(await shown()).toBe(beat.now)
      expect(await ledger.now()).toBeGreaterThanOrEqual(beat.now)
      await reopen()
      expect(await shown()).toBeDefined()
      expect(await ledger.heartbeat(node)).toMatchObject({ alive: true })
    })

    test('LEDGER-2: how long a node has been silent is told by the ledger’s clock', async () => {
      const { now } = await ledger.heartbeat(node)
      const silent = async () => (await ledger.nodes()).find((it) => it.node === node)?.silentMs ?? Number.NaN
      while ((await ledger.now()) < now + 20);
      const after = await silent()
      expect(after).toBeGreaterThanOrEqual(20)
      expect(after).toBeLessThanOrEqual((await ledger.now()) - now)
    })

    test('LEDGER-3: a place has one owner until it is released or its node is dead; epochs rise (I2)', async () => {
      const other = randomUUID()
      await ledger.heartbeat(other)
      const before = await ledger.now()
      const first = await claimed()
      expect(first).toMatchObject({ version: 0, confirmed: 0, snapshot: null, events: [] })
      expect(first.epoch).toBeGreaterThanOrEqual(before)
      expect(await ledger.claim(place, other)).toEqual({ owner: node })
      const again = await claimed()
      expect(again.epoch).toBeGreaterThan(first.epoch)
      await ledger.release(place, first.epoch)
      expect(await ledger.claim(place, other)).toEqual({ owner: node })
      await ledger.release(place, again.epoch)
      const third = await claimed(other)
      expect(third.epoch).toBeGreaterThan(again.epoch)
      await ledger.markDead(other, 0)
      expect((await claimed()).epoch).toBeGreaterThan(third.epoch)
    })

    test('LEDGER-4: claims at the same time have one winner', async () => {
      const nodes = Array.from({ length: 10 }, () => randomUUID())
      for (const each of nodes) await ledger.heartbeat(each)
      const claims = await Promise.all(nodes.map((each) => ledger.claim(place, each)))
      const won = claims.filter((claim) => 'epoch' in claim)
      expect(won).toHaveLength(1)
      const winner = nodes[claims.findIndex((claim) => 'epoch' in claim)]
      for (const claim of claims) if ('owner' in claim) expect(claim.owner).toBe(winner)
    })

    test('LEDGER-5: appends give dense numbers, all or nothing, and are there after a restart', async () => {
      const { epoch } = await claimed()
      const events = drafts(3)
      expect(await append(epoch, 0, events.slice(0, 2))).toMatchObject({ ok: true, version: 2 })
      expect(await append(epoch, 2, events.slice(2))).toMatchObject({ ok: true, version: 3 })
      await reopen()
      expect(await ledger.tail(place, 0, 100)).toEqual(
        events.map((event, i) => ({ ...event, key: place, epoch, seq: i + 1 })),
      )
      expect(await ledger.tail(place, 1, 1)).toMatchObject([{ seq: 2 }])
      expect(await ledger.marks(place)).toMatchObject({ head: 3 })
    })

    test('LEDGER-6: the same batch again is a success that adds nothing', async () => {
      const { epoch } = await claimed()
      const batch = drafts(2)
      must(await append(epoch, 0, batch, 'batch-1'))
      expect(await append(epoch, 0, batch, 'batch-1')).toMatchObject({ ok: true, version: 2 })
      await reopen()
      expect(await append(epoch, 0, batch, 'batch-1')).toMatchObject({ ok: true, version: 2 })
      expect(await ledger.tail(place, 0, 100)).toHaveLength(2)
    })

    test('LEDGER-7: a stale epoch commits nothing and learns of the newer one (I2)', async () => {
      const old = await started(1)
      const { epoch } = await claimed()
      expect(await append(old, 1, drafts(1))).toEqual({ ok: false, why: 'stale', epoch })
      expect(await ledger.snapshot(place, old, 1, 'old')).toBe(false)
      expect(must(await append(epoch, 1, drafts(1)))).toMatchObject({ version: 2 })
      await ledger.release(place, epoch)
      expect(await append(epoch, 2, drafts(1))).toMatchObject({ ok: false, why: 'stale' })
      place = randomUUID()
      expect(await append(epoch, 0, drafts(1))).toMatchObject({ ok: false, why: 'stale' })
    })

    test('LEDGER-8: an owner who expects more is told what is there; expecting less is a bug', async () => {
      const epoch = await started(2)
      expect(await append(epoch, 5, drafts(1))).toEqual({ ok: false, why: 'behind', version: 2 })
      await expect(append(epoch, 1, drafts(1))).rejects.toThrow()
      expect(await ledger.marks(place)).toMatchObject({ head: 2 })
    })

    test('LEDGER-9: an event over 128 KB is refused and nothing of its batch is stored', async () => {
      const { epoch } = await claimed()
      await expect(append(epoch, 0, [draft(), draft('공'.repeat(44_000))])).rejects.toThrow(RangeError)
      expect(await ledger.marks(place)).toMatchObject({ head: 0 })
      must(await append(epoch, 0, [draft('공'.repeat(40_000))]))
    })

    test('LEDGER-10: a claim brings the newest snapshot and all events above it (I11, I12)', async () => {
      const epoch = await started(5)
      expect(await ledger.snapshot(place, epoch, 3, 'three')).toBe(true)
      expect(await ledger.snapshot(place, epoch, 2, 'two')).toBe(false)
      expect(await ledger.snapshot(place, epoch, 4, 'four')).toBe(true)
      await ledger.release(place, epoch)
      await reopen()
      const next = await claimed()
      expect(next).toMatchObject({ version: 5, snapshot: { version: 4, body: 'four' }, events: [{ seq: 5 }] })
    })

    test('LEDGER-11: the confirmed mark moves forward only, never past what is committed', async () => {
      await started(5)
      await ledger.confirm(place, 2)
      const mark = (await ledger.marks(place)).confirmed
      expect(mark).toBeGreaterThanOrEqual(2)
      expect(await ledger.confirm(place, 1)).toBe(mark)
      expect(await ledger.confirm(place, 99)).toBe(5)
      expect(await ledger.marks(place)).toEqual({ head: 5, confirmed: 5 })
    })

    test('LEDGER-12: what is committed above the mark makes its key dirty until it is confirmed', async () => {
      await started(3)
      await reopen()
      const { head, confirmed } = await ledger.marks(place)
      expect((await ledger.dirty(10_000)).includes(place)).toBe(confirmed < head)
      await ledger.confirm(place, 3)
      expect(await ledger.dirty(10_000)).not.toContain(place)
    })

    test('LEDGER-13: the tail is cut only below snapshot and mark, and beyond the newest 1,000', async () => {
      const epoch = await started(1)
      for (let version = 1; version < 1501; version += 500) must(await append(epoch, version, drafts(500)))
      const oldest = async () => (await ledger.tail(place, 0, 1))[0]?.seq
      await ledger.confirm(place, 1501)
      expect(await oldest()).toBe(1)
      await ledger.snapshot(place, epoch, 300, 'a')
      expect(await oldest()).toBe(301)
      await ledger.snapshot(place, epoch, 1501, 'b')
      expect(await oldest()).toBe(502)
      expect((await claimed()).events).toEqual([])
    })

    test('LEDGER-14: a place exists from its first event until its end; its end forgets it', async () => {
      const { epoch } = await claimed()
      expect(await ledger.exists(place)).toBe(false)
      must(await append(epoch, 0, drafts(2)))
      await ledger.snapshot(place, epoch, 2, 'body')
      await ledger.setDue(place, 1)
      await ledger.endPlace(place, epoch - 1)
      expect(await ledger.exists(place)).toBe(true)
      await ledger.endPlace(place, epoch)
      expect(await ledger.exists(place)).toBe(false)
      expect((await ledger.due(10_000)).some((entry) => entry.place === place)).toBe(false)
      expect(await append(epoch, 2, drafts(1))).toMatchObject({ ok: false, why: 'stale' })
      // What the log still lacks stays until it is confirmed.
      const { head, confirmed } = await ledger.marks(place)
      expect(await ledger.tail(place, confirmed, 10)).toHaveLength(head - confirmed)
      expect(await ledger.tail(place, 'confirmed', 10)).toHaveLength(head - confirmed)
      await ledger.confirm(place, 2)
      expect(await ledger.tail(place, 0, 10)).toEqual([])
      expect(await claimed()).toMatchObject({ version: 0, snapshot: null, events: [] })
    })

    test('LEDGER-15: posts are numbered densely, and a repeat answers its first number (I3)', async () => {
      const talk = randomUUID()
      const posts = await Promise.all(
        Array.from({ length: 20 }, (_, i) => ledger.post(talk, `device-${i % 4}`, Math.floor(i / 4) + 1, draft(i))),
      )
      expect(posts.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(posts.map((_, i) => i + 1))
      await reopen()
      expect(await ledger.post(talk, 'device-1', 2, draft())).toMatchObject({ seq: posts[5]?.seq, repeated: true })
      expect(await ledger.post(talk, 'device-1', 6, draft())).toMatchObject({ seq: 21, repeated: false })
      expect(await ledger.tail(talk, 0, 100)).toHaveLength(21)
      expect(await ledger.marks(talk)).toMatchObject({ head: 21 })
      expect(await ledger.post(randomUUID(), 'device-1', 2, draft())).toMatchObject({ seq: 1, repeated: false })
    })

    test('LEDGER-16: a user has one place, by entry number: the newest wins, late closes change nothing (I1)', async () => {
      const user = randomUUID()
      const seat = (entry: number, session: string): UserPlace => ({ user, place, session, device: 'd', entry, node })
      const one = await ledger.nextEntry(user)
      const two = await ledger.nextEntry(user)
      expect(two).toBeGreaterThan(one)
      expect(await ledger.takePlace(seat(two, 'b'))).toEqual({ taken: true, before: null })
      expect(await ledger.takePlace(seat(one, 'a'))).toEqual({ taken: false, holder: seat(two, 'b') })
      expect(await ledger.takePlace(seat(two, 'b'))).toEqual({ taken: true, before: null })
      await reopen()
      const three = await ledger.nextEntry(user)
      expect(three).toBeGreaterThan(two)
      expect(await ledger.takePlace(seat(three, 'c'))).toEqual({ taken: true, before: seat(two, 'b') })
      expect(await ledger.leavePlace(user, 'b')).toBe(false)
      expect(await ledger.placesOf([randomUUID(), user])).toEqual([seat(three, 'c')])
      expect(await ledger.leavePlace(user, 'c')).toBe(true)
      expect(await ledger.placesOf([user])).toEqual([])
    })

    test('LEDGER-17: removed is removed until its time, for good without one (I7)', async () => {
      const now = await ledger.now()
      const is = (user: string) => ledger.isRemoved(place, user)
      await ledger.addRemoved(place, 'kicked', now + HOUR)
      await ledger.addRemoved(place, 'over', now - 1)
      await ledger.addRemoved(place, 'banned', null)
      await reopen()
      expect(await Promise.all(['kicked', 'over', 'banned', 'other'].map(is))).toEqual([true, false, true, false])
      expect(await ledger.isRemoved(randomUUID(), 'banned')).toBe(false)
      await ledger.addRemoved(place, 'over', null)
      await ledger.dropRemoved(place, 'banned')
      expect(await Promise.all(['over', 'banned'].map(is))).toEqual([true, false])
    })

    test('LEDGER-18: ended account sessions are known in one call', async () => {
      const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()]
      await ledger.revokeSessions([a, b])
      await ledger.revokeSessions([b])
      await reopen()
      expect(new Set(await ledger.revoked([c, b, a]))).toEqual(new Set([a, b]))
      expect(await ledger.revoked([])).toEqual([])
    })

    test('LEDGER-19: inbox versions rise and are read in one call (I13)', async () => {
      const [a, b] = [randomUUID(), randomUUID()]
      const first = await ledger.bumpInbox(a)
      const second = await ledger.bumpInbox(a)
      expect(second).toBeGreaterThan(first)
      await ledger.nextEntry(a)
      expect(await ledger.inboxVersions([a, b])).toEqual(
        new Map([
          [a, second],
          [b, 0],
        ]),
      )
    })

    test('LEDGER-20: due places come oldest first, once their time has passed', async () => {
      const now = await ledger.now()
      const [older, newer, later] = [randomUUID(), randomUUID(), randomUUID()]
      await ledger.setDue(newer, now - 1000)
      await ledger.setDue(older, now - 2000)
      await ledger.setDue(later, now + HOUR)
      await reopen()
      const mine = async () =>
        (await ledger.due(10_000)).filter(({ place: id }) => [older, newer, later].some((each) => each === id))
      expect(await mine()).toEqual([
        { place: older, at: now - 2000 },
        { place: newer, at: now - 1000 },
      ])
      await ledger.setDue(older, null)
      await ledger.setDue(newer, now + HOUR)
      expect(await mine()).toEqual([])
    })

    test('LEDGER-26: what a dead node held is listed, page by page, until it is claimed or was released (I2)', async () => {
      const next = randomUUID()
      await ledger.heartbeat(next)
      const held: string[] = []
      for (let i = 0; i < 5; i++) {
        place = randomUUID()
        held.push(place)
        await started(1)
      }
      const [released = '', ended = ''] = held.splice(0, 2)
      await ledger.release(released, (await claimed(node, released)).epoch)
      await ledger.endPlace(ended, (await claimed(node, ended)).epoch)
      await claimed(node, randomUUID())
      const mine = async () => {
        const found: string[] = []
        for (let page = await ledger.orphans('', 2); page.length > 0; page = await ledger.orphans(page.at(-1) ?? '', 2))
          found.push(...page)
        return found.filter((id) => held.includes(id))
      }
      expect(await mine()).toEqual([])
      await ledger.markDead(node, 0)
      await reopen()
      expect(await mine()).toEqual(held.toSorted())
      const [first = ''] = held
      await claimed(next, first)
      expect(await mine()).toEqual(held.slice(1).toSorted())
    })

    test('LEDGER-27: a generation has a number and is open once nothing has to be waited for', async () => {
      const { id, state, since } = await ledger.generation()
      expect(state).toBe('open')
      expect(since).toBeLessThanOrEqual(await ledger.now())
      expect(await ledger.generation()).toEqual({ id, state, since })
      expect(await ledger.openGeneration(id)).toBe(true)
      expect(await ledger.openGeneration(id - 1)).toBe(false)
    })

    test('LEDGER-28: an owner fills what he has claimed and the ledger lacks; nobody else can (I2, I11)', async () => {
      const { epoch } = await claimed()
      const events = drafts(3)
      const held = { place, node, epoch, confirmed: 7, snapshot: { version: 9, body: 'nine' }, from: 7, events }
      const other = randomUUID()
      await ledger.heartbeat(other)
      const stale = { ok: false, why: 'stale', epoch }
      expect(await ledger.putBack({ ...held, epoch: epoch - 1 })).toEqual(stale)
      expect(await ledger.putBack({ ...held, node: other })).toEqual(stale)
      expect(await ledger.putBack({ ...held, epoch: epoch + 1 })).toEqual(stale)
      expect(await ledger.marks(place)).toEqual({ head: 0, confirmed: 0 })
      expect(await ledger.putBack(held)).toEqual({ ok: true, version: 10, confirmed: 7 })
      expect(await ledger.putBack(held)).toEqual({ ok: true, version: 10, confirmed: 7 })
      await reopen()
      expect(await ledger.marks(place)).toEqual({ head: 10, confirmed: 7 })
      expect(await ledger.dirty(10_000)).toContain(place)
      expect(await ledger.tail(place, 'confirmed', 2)).toMatchObject([{ seq: 8 }, { seq: 9 }])
      expect(await ledger.tail(place, 0, 10)).toEqual(events.map((e, i) => ({ ...e, key: place, epoch, seq: i + 8 })))
      must(await append(epoch, 10, drafts(1)))
      const next = await claimed()
      expect(next).toMatchObject({ version: 11, confirmed: 7, snapshot: { version: 9, body: 'nine' } })
      expect(next.events.map(({ seq }) => seq)).toEqual([10, 11])
      expect(await ledger.confirm(place, 11)).toBe(11)
    })

    test('LEDGER-28: what would leave a gap is a bug, and a place without a claim is not made', async () => {
      const held = { place, node, epoch: 5, confirmed: 1, snapshot: { version: 2, body: 'two' }, from: 1, events: [] }
      await expect(async () => ledger.putBack({ ...held, from: 2 })).rejects.toThrow('begins above')
      await expect(async () => ledger.putBack({ ...held, confirmed: 9, from: 3 })).rejects.toThrow('begins above')
      expect(await ledger.putBack(held)).toMatchObject({ ok: false, why: 'stale' })
      expect(await ledger.exists(place)).toBe(false)
    })
  })
}
