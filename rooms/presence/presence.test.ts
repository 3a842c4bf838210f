import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Ledger } from '#persistence/ports/ledger.ts'
import { type Looks, PRESENCE_SILENT_MS, type PresenceBook } from '#persistence/ports/presence.ts'
import { memoryPresence } from '#persistence/presence/memoryPresence.ts'
import {
  type Booted,
  bootPlaces,
  type LobbyClient,
  mustEnter,
  person,
  type StudyClient,
} from '#rooms/testing/bootPlaces.ts'
import { handTimers } from '#rooms/testing/handTimers.ts'
import { openTestLedger } from '#rooms/testing/testLedger.ts'
import type { PresenceView } from '#schemas/messages/presence.ts'
import { isRefusal } from '#schemas/refusals.ts'

const LATE = { timeout: 20_000, interval: 10 }
/** Changes are told within this, and what is watched is compared this often. */
const [TOLD_MS, CHECK_MS] = [500, 5_000]

const time = handTimers()
let node: Booted
let ledger: Ledger
let book: PresenceBook
/** Pairs who may not see each other, and rooms nobody may know of. */
const strangers = new Set<string>()
const secret = new Set<string>()
/** Whose rights were asked for, by question. */
const asked: string[][] = []
/** How long another node has given no sign of life. */
let silentMs = 0
const sights = (looks: Looks, isSeen: (viewer: string, one: string) => boolean) =>
  new Map([...looks].map(([viewer, all]) => [viewer, new Set(all.filter((one) => isSeen(viewer, one)))]))
beforeAll(async () => {
  ledger = await openTestLedger()
  const nodes = async () =>
    (await ledger.nodes()).map((it) => (it.node === 'other' ? { ...it, silentMs: it.silentMs + silentMs } : it))
  book = memoryPresence({ nodes })
  const acquaintances = {
    visibleTo: async (users: Looks) => {
      asked.push([...users.keys()])
      return sights(users, (viewer, user) => !strangers.has(`${viewer} ${user}`))
    },
    roomsKnownTo: async (rooms: Looks) => sights(rooms, (_, room) => !secret.has(room)),
  }
  node = await bootPlaces({ ledger, book, acquaintances, presenceTimers: time })
})
afterAll(() => node.stop())

let people = 0
let ana: ReturnType<typeof person>
let ben: ReturnType<typeof person>
beforeEach(() => {
  ana = person(`ana-${++people}`)
  ben = person(`ben-${people}`)
})

/** Looks at people from the lobby; what is told lands in `seen`. */
async function looking(viewer: ReturnType<typeof person>, ...users: string[]) {
  const lobby = await node.lobby(viewer)
  const seen = new Map<string, PresenceView | null>()
  const pushes: PresenceView[] = []
  lobby.onMessage('presence.changed', ({ presences, hidden }) => {
    pushes.push(...presences)
    for (const view of presences) seen.set(view.userId, view)
    for (const user of hidden) seen.set(user, null)
  })
  const answer = await lobby.request('presence.watch', { users })
  if (isRefusal(answer)) throw new Error(answer.refused)
  for (const view of answer.presences) seen.set(view.userId, view)
  return { lobby, seen, pushes }
}
/** Lets time pass until it is told. */
const told = <T>(read: () => T) =>
  expect.poll(() => {
    time.pass(TOLD_MS)
    return read()
  }, LATE)
const shows = (seen: Map<string, PresenceView | null>, user: string, view: Partial<PresenceView>) =>
  told(() => seen.get(user)).toMatchObject(view)
const lobbyOf = (caller: ReturnType<typeof person>) => node.lobby(caller)
const asks = (room: LobbyClient | StudyClient, idle: boolean) =>
  (room as LobbyClient).request('presence.report', { idle })

test('PRESENCE-1: who watches sees others come, sit down, and go; offline has a last seen, coarse', async () => {
  const { seen } = await looking(ana, ben.userId)
  expect(seen.get(ben.userId)).toEqual({ userId: ben.userId, state: 'offline', place: null, lastSeenAt: null })
  const lobby = await lobbyOf(ben)
  await shows(seen, ben.userId, { state: 'online', place: { kind: 'lobby' }, lastSeenAt: null })
  const roomId = await node.create(person(`owner-${people}`), { name: 'Quiet maths' })
  const room = await mustEnter(node, ben, roomId)
  await lobby.leave()
  await shows(seen, ben.userId, { state: 'online', place: { kind: 'room', roomId, name: 'Quiet maths' } })
  await room.leave()
  await shows(seen, ben.userId, { state: 'offline', place: null })
  const at = seen.get(ben.userId)?.lastSeenAt ?? 0
  expect(at % (5 * 60_000)).toBe(0)
  expect((await ledger.now()) - at).toBeLessThan(6 * 60_000)
})

test('PRESENCE-2: away is idle on every device; a choice of one’s own goes before that and outlives the connection', async () => {
  const { seen } = await looking(ana, ben.userId)
  const [desk, phone] = [await lobbyOf(ben), await lobbyOf({ ...ben, device: 'phone' })]
  await asks(desk, true)
  await shows(seen, ben.userId, { state: 'online' })
  await asks(phone, true)
  await shows(seen, ben.userId, { state: 'away' })
  await node.places.presence.choose(ben.userId, 'dnd')
  await shows(seen, ben.userId, { state: 'dnd' })
  await desk.leave()
  await phone.leave()
  await shows(seen, ben.userId, { state: 'offline' })
  await lobbyOf(ben)
  await shows(seen, ben.userId, { state: 'dnd' })
  expect(await node.places.presence.choiceOf(ben.userId)).toBe('dnd')
})

test('PRESENCE-3: two devices are one presence: it ends with the last of them', async () => {
  const { seen, pushes } = await looking(ana, ben.userId)
  const desk = await lobbyOf(ben)
  const room = await mustEnter(node, { ...ben, device: 'phone' }, await node.create(person(`owner-${people}`)))
  await shows(seen, ben.userId, { state: 'online', place: { kind: 'room', roomId: room.roomId, name: 'A room' } })
  await room.leave()
  await shows(seen, ben.userId, { state: 'online', place: { kind: 'lobby' } })
  await desk.leave()
  await shows(seen, ben.userId, { state: 'offline' })
  expect(pushes.filter(({ state }) => state === 'offline')).toHaveLength(1)
})

test('PRESENCE-4: only who looks is told, and no more once he looks away', async () => {
  const { lobby, pushes } = await looking(ana, ben.userId)
  const other = await looking(person(`other-${people}`), ben.userId)
  await lobby.request('presence.watch', { users: [] })
  await lobbyOf(ben)
  await shows(other.seen, ben.userId, { state: 'online' })
  expect(pushes).toEqual([])
})

test('PRESENCE-11: the rights of all who look are one question, on however many devices; each is told what is his to know', async () => {
  const viewers = Array.from({ length: 4 }, (_, i) => person(`viewer-${i}-${people}`))
  const [stranger, twice] = viewers.map(({ userId }) => userId)
  strangers.add(`${stranger} ${ben.userId}`)
  const all = await Promise.all(viewers.map((viewer) => looking(viewer, ben.userId)))
  const phone = await looking({ ...person(twice ?? ''), device: 'phone' }, ben.userId)
  asked.length = 0
  await lobbyOf(ben)
  for (const { seen } of [...all.slice(1), phone]) await shows(seen, ben.userId, { state: 'online' })
  expect(all[0]?.seen.size).toBe(0)
  const ours = asked.filter((question) => viewers.some(({ userId }) => question.includes(userId)))
  expect(ours.length).toBeGreaterThan(0)
  for (const question of ours) expect(question).toEqual(expect.arrayContaining(viewers.map(({ userId }) => userId)))
  expect(ours.every((question) => new Set(question).size === question.length)).toBe(true)
  strangers.clear()
})

test('PRESENCE-7: who is invisible is offline by every path, and his last seen stands still', async () => {
  const { seen, lobby } = await looking(ana, ben.userId)
  const desk = await lobbyOf(ben)
  await shows(seen, ben.userId, { state: 'online' })
  const online = await new Promise<number>((resolve) => lobby.onStateChange((s) => s.online > 0 && resolve(s.online)))
  await node.places.presence.choose(ben.userId, 'invisible')
  await shows(seen, ben.userId, { state: 'offline', place: null })
  await told(() => lobby.state.online).toBe(online - 1)
  const left = seen.get(ben.userId)
  const room = await mustEnter(node, ben, await node.create(person(`owner-${people}`)))
  const [looked] = await node.places.presence.look(ana.userId, [ben.userId])
  expect(looked).toEqual(left)
  await room.leave()
  await desk.leave()
  await lobbyOf(ben)
  expect(await node.places.presence.look(ana.userId, [ben.userId])).toEqual([left])
  await node.places.presence.choose(ben.userId, 'online')
  await shows(seen, ben.userId, { state: 'online', place: { kind: 'lobby' } })
})

test('PRESENCE-8: strangers learn nothing; whose right ends is told to forget', async () => {
  strangers.add(`${ana.userId} ${ben.userId}`)
  const { seen } = await looking(ana, ben.userId)
  expect(seen.size).toBe(0)
  await lobbyOf(ben)
  strangers.clear()
  await node.places.presence.relationsChanged([ana.userId, ben.userId])
  await shows(seen, ben.userId, { state: 'online' })
  strangers.add(`${ana.userId} ${ben.userId}`)
  await node.places.presence.relationsChanged([ana.userId, ben.userId])
  await told(() => seen.get(ben.userId)).toBe(null)
  expect(await node.places.presence.look(ana.userId, [ben.userId])).toEqual([])
  strangers.clear()
})

test('PRESENCE-9: a room that the viewer may not know is not named', async () => {
  const roomId = await node.create(person(`owner-${people}`))
  secret.add(roomId)
  const { seen } = await looking(ana, ben.userId)
  await mustEnter(node, ben, roomId)
  await shows(seen, ben.userId, { state: 'online', place: null })
  expect(JSON.stringify([...seen])).not.toContain(roomId)
})

test('PRESENCE-5: whom another node held goes offline within 15 s of its death, a user of both stays', async () => {
  const { seen } = await looking(ana, ben.userId, 'both')
  silentMs = 0
  await ledger.heartbeat('other')
  const theirs = (user: string, session: string) => ({ user, session, place: null, entry: 0, idle: false })
  await book.put('other', theirs(ben.userId, 'far-1'))
  await book.put('other', theirs('both', 'far-2'))
  await lobbyOf(person('both'))
  await shows(seen, ben.userId, { state: 'online' })
  await shows(seen, 'both', { state: 'online' })
  silentMs = PRESENCE_SILENT_MS - 2_000
  expect(await node.places.presence.look(ana.userId, [ben.userId])).toMatchObject([{ state: 'online' }])
  silentMs = PRESENCE_SILENT_MS
  // One round of comparing, then the time to tell it; when 15 s are over no more time passes.
  let left = 15_000 - PRESENCE_SILENT_MS - CHECK_MS
  time.pass(CHECK_MS)
  const state = () => {
    if (left > 0) time.pass(TOLD_MS)
    left -= TOLD_MS
    return seen.get(ben.userId)?.state
  }
  await expect.poll(state, { ...LATE, interval: 200 }).toBe('offline')
  expect(seen.get('both')).toMatchObject({ state: 'online' })
})
