import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { defineServer, matchMaker } from '@colyseus/core'
import { Client, type Room } from '@colyseus/sdk'
import { WebSocketTransport } from '@colyseus/ws-transport'
import { noMedia } from '#media/noMedia.ts'
import type { Media } from '#media/ports/media.ts'
import { groupMemberships } from '#persistence/database/groups/memberships.ts'
import { inboxStore } from '#persistence/database/inbox/putInboxItem.ts'
import { peopleOf } from '#persistence/database/people/peopleOf.ts'
import { presenceRecords } from '#persistence/database/presence/presenceRecords.ts'
import { freshDatabase } from '#persistence/database/testing/freshDatabase.ts'
import { aloneLink } from '#persistence/nodeLink/aloneLink.ts'
import type { GroupMemberships } from '#persistence/ports/groupMemberships.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import type { NodeLink } from '#persistence/ports/nodeLink.ts'
import type { Acquaintances, Looks, PresenceBook } from '#persistence/ports/presence.ts'
import { memoryPresence } from '#persistence/presence/memoryPresence.ts'
import { createPlaces } from '#rooms/createPlaces.ts'
import type { Timers } from '#rooms/place/timers.ts'
import type { Caller, Seat } from '#rooms/places.ts'
import { createRoomBody } from '#schemas/api/rooms.ts'
import { limits } from '#schemas/limits.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import type { LobbyShape, StudyShape } from '#schemas/roomShapes.ts'
import type { LobbyState } from '#schemas/state/lobbyState.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import { FIRST_PROTOCOL } from '#schemas/version.ts'

export type StudyClient = Room<StudyShape, StudyState>
export type LobbyClient = Room<LobbyShape, LobbyState>
export type LoggedLine = { level: string; message: string; fields: Record<string, unknown> }
export type BootOptions = {
  readonly ledger: Ledger
  readonly bufferCap?: number
  readonly oldestClient?: number
  readonly node?: string
  readonly book?: PresenceBook
  /** Without it a node that has no media. */
  readonly media?: Media
  readonly link?: NodeLink
  /** What places ask of study groups; without it the database. */
  memberships?(real: GroupMemberships): GroupMemberships
  /** Publishes a place; without it the ledger has confirmed what is committed. */
  publish?(key: string): Promise<number>
  /** Account sessions that the database no longer has; without it none. */
  endedSessions?(accounts: readonly string[]): Promise<readonly string[]>
  /** Without it everybody knows everybody and every room. */
  readonly acquaintances?: Acquaintances
  /** What of presence goes by time goes by these. */
  readonly presenceTimers?: Timers
}

const allOf = (looks: Looks) => new Map([...looks].map(([viewer, all]) => [viewer, new Set(all)]))
const openHouse: Acquaintances = {
  visibleTo: async (users) => allOf(users),
  roomsKnownTo: async (rooms) => allOf(rooms),
}

/**
 * The places of one node with Colyseus' real transport on a free port of 127.0.0.1, for tests; no HTTP API. Colyseus'
 * matchmaker is one per process: one test file boots once.
 */
export async function bootPlaces(options: BootOptions) {
  const { ledger, bufferCap = 1_000_000, node = 'test', acquaintances = openHouse } = options
  const db = await freshDatabase()
  const logged: LoggedLine[] = []
  const { places, rooms, users, actors, start } = createPlaces({
    ledger,
    node,
    link: options.link ?? aloneLink(),
    bufferCap,
    oldestClient: options.oldestClient ?? FIRST_PROTOCOL,
    inbox: inboxStore(db),
    people: peopleOf(db),
    media: options.media ?? noMedia('off'),
    memberships: options.memberships?.(groupMemberships(db)) ?? groupMemberships(db),
    presence: {
      ...{ book: options.book ?? memoryPresence(ledger), records: presenceRecords(db), acquaintances },
      ...(options.presenceTimers && { timers: options.presenceTimers }),
    },
    log: (level, fields, message) => void logged.push({ level, message, fields }),
    endedSessions: options.endedSessions ?? (async () => []),
    publish: options.publish ?? (async (key) => (await ledger.marks(key)).confirmed),
    hashPassword: async (password) => `plain:${password}`,
    verifyPassword: async (hash, password) => hash === `plain:${password}`,
    studyDay: async (_, now) => ({ studiedMs: 0, dayEndsAt: now + 86_400_000 }),
    movedDay: async () => ({ timeZone: 'UTC', dayStartHour: 5, since: 0, studiedMs: 0 }),
    loadMessage: async () => null,
  })
  const transport = new WebSocketTransport({ noServer: true, maxPayload: limits.payloadBytes })
  // Colyseus prints every frame that it cannot read, with a stack.
  // The four that Colyseus calls.
  const quiet = { info() {}, warn() {}, error() {}, debug() {} } as unknown as Console
  const game = defineServer({ logger: quiet, transport, rooms, greet: false, gracefullyShutdown: false })
  const server = http.createServer((_request, response) => response.writeHead(404).end())
  transport.attachToServer(server, { filter: () => true })
  await matchMaker.accept()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  start()

  const sit = async <R extends Room>(seat: Seat): Promise<R> => {
    // Who asks says by `R` which kind of room the seat is in.
    const room = (await new Client(address).consumeSeatReservation(seat)) as unknown as R
    room.reconnection.enabled = false
    return room
  }

  return {
    db,
    places,
    users,
    actors,
    address,
    logged,
    sit,

    /** Creates a room and gives its id. */
    async create(owner: Caller, facts: Record<string, unknown> = {}): Promise<string> {
      const made = await places.createStudy(owner, createRoomBody.parse({ name: 'A room', ...facts }))
      if (isRefusal(made)) throw new Error(made.refused)
      return made.roomId
    },

    /** Enters and sits down; resolves when the first full state is there. Rejects with the SDK's error when the join is refused. */
    async enter(caller: Caller, roomId: string, password?: string): Promise<StudyClient | Refusal> {
      const entered = await places.enterStudy(caller, roomId, password)
      if (isRefusal(entered)) return entered
      const room = await sit<StudyClient>(entered.seat)
      await seen(room, (state) => state.members?.has(caller.userId) === true)
      return room
    },

    async lobby(caller: Caller): Promise<LobbyClient> {
      const entered = await places.enterLobby(caller)
      if (isRefusal(entered)) throw new Error(entered.refused)
      return sit<LobbyClient>(entered.seat)
    },

    async stop(): Promise<void> {
      await places.drain()
      await game.gracefullyShutdown(false)
      server.closeAllConnections()
      server.close()
      await ledger.close()
      await db.destroy()
    },
  }
}

export type Booted = Awaited<ReturnType<typeof bootPlaces>>

/** A caller as a verified session gives it. */
export const person = (userId: string, account = `account-${userId}`): Caller => ({
  userId,
  name: userId,
  handle: userId,
  account,
  device: `device-${userId}`,
})

/** Resolves when the decoded state is as wanted. */
export function seen(room: StudyClient, wanted: (state: StudyState) => boolean): Promise<void> {
  if (wanted(room.state)) return Promise.resolve()
  return new Promise((resolve) => {
    const check = (state: StudyState) => {
      if (!wanted(state)) return
      room.onStateChange.remove(check)
      resolve()
    }
    room.onStateChange(check)
  })
}

/** The close code by which a client is ended. */
export const closed = (room: Room): Promise<number> =>
  new Promise((resolve) => room.onLeave.once((code) => resolve(code)))

/** Enters and fails the test if refused. */
export async function mustEnter(booted: Booted, caller: Caller, roomId: string): Promise<StudyClient> {
  const room = await booted.enter(caller, roomId)
  if (isRefusal(room)) throw new Error(`refused: ${room.refused}`)
  return room
}
