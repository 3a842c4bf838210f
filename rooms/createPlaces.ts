import { randomBytes } from 'node:crypto'
import { defineRoom } from '@colyseus/core'
import type { Media } from '#media/ports/media.ts'
import type { GroupGate, GroupMemberships } from '#persistence/ports/groupMemberships.ts'
import type { InboxStore } from '#persistence/ports/inbox.ts'
import { type Ledger, LedgerUnavailable } from '#persistence/ports/ledger.ts'
import type { NodeLink } from '#persistence/ports/nodeLink.ts'
import type { People } from '#persistence/ports/people.ts'
import type { Acquaintances, PresenceBook, PresenceRecords } from '#persistence/ports/presence.ts'
import type { Envelope } from '#schemas/events/envelope.ts'
import type { ChatMessage } from '#schemas/messages/chat.ts'
import { roomNames } from '#schemas/place.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import { Directory } from './directory/directory.ts'
import { createEnterStudy, type StudyDay } from './enter/enterStudy.ts'
import { isOutdated } from './enter/isOutdated.ts'
import { LobbyShards } from './enter/lobbyShards.ts'
import { newSession, reserve, whoOf } from './enter/reserve.ts'
import { StudyActors } from './enter/studyActors.ts'
import { GroupRooms } from './groups/groupRooms.ts'
import { createLobbyRoom } from './lobby/LobbyRoom.ts'
import { linkDirectory } from './nodes/directoryLink.ts'
import { farPlaces } from './nodes/farPlaces.ts'
import { startHeartbeat } from './nodes/heartbeat.ts'
import { watchGeneration } from './nodes/watchGeneration.ts'
import { Actors } from './place/actors.ts'
import type { Log, PlaceDeps } from './place/deps.ts'
import { Rates } from './place/rates.ts'
import { OwnedElsewhere } from './place/restore.ts'
import type { Timers } from './place/timers.ts'
import { turnsBy } from './place/types.ts'
import type { Places } from './places.ts'
import { PresenceHub } from './presence/presenceHub.ts'
import { decideStanding } from './study/group/group.rules.ts'
import { decideForget } from './study/members/forget.ts'
import { decideChanged } from './study/members/members.rules.ts'
import { changeRoom } from './study/room/room.messages.ts'
import { decideEnd } from './study/room/room.rules.ts'
import type { StudyActor } from './study/StudyRoom.ts'
import { createStudyRoom } from './study/StudyRoom.ts'
import { decideMoveDay, type MovedDay } from './study/study/moveDay.rules.ts'
import { Blocks } from './users/blocks.ts'
import { openChecks } from './users/openChecks.ts'
import { UserHub } from './users/userHub.ts'
import { watchNode } from './users/watchNode.ts'

export type PlacesDeps = {
  readonly ledger: Ledger
  readonly inbox: InboxStore
  readonly memberships: GroupMemberships
  /** Which of these account sessions the database does not have any more. */
  endedSessions(accounts: readonly string[]): Promise<readonly string[]>
  /** Who is connected, what is kept of presence, and who may know. */
  readonly presence: {
    readonly book: PresenceBook
    readonly records: PresenceRecords
    readonly acquaintances: Acquaintances
    readonly timers?: Timers
  }
  /** The SFU of this node; whoever has made it closes it. */
  readonly media: Media
  readonly people: Pick<People, 'blockedWith' | 'blockedWithEach'>
  /** This process in the ledger; never a name that an earlier process had, for the dead stay dead. */
  readonly node: string
  /** The way to other nodes. */
  readonly link: NodeLink
  /** This node was marked dead and has given up its places: it can only go on under another name (§5.1). */
  dead?(): void
  /** This node has marked another one dead: takes its listings out. */
  buried?(node: string): Promise<unknown>
  readonly log: Log
  /** Version of the oldest clients that get a seat. */
  readonly oldestClient: number
  /** Bytes that may wait in one socket before its reader is dropped. */
  readonly bufferCap: number
  /** Publishes a key's committed events (§5.4); resolves with the confirmed mark. */
  publish(key: string, own?: readonly Envelope[]): Promise<number>
  hashPassword(password: string): Promise<string>
  verifyPassword(hash: string, password: string): Promise<boolean>
  /** The study so far of the user's own day that holds `now`. */
  studyDay(userId: string, now: number): Promise<StudyDay>
  /** The user's own day at `now`, since when it is that one, and what he had studied on it before that. */
  movedDay(userId: string, now: number): Promise<MovedDay>
  loadMessage(roomId: string, number: number): Promise<ChatMessage | null>
}

/**
 * Makes this node's live places. `rooms` goes to Colyseus' `defineServer`; `start`, once Colyseus accepts, begins what
 * runs every few seconds (I13, what is due in sleeping places); `drain` ends it all.
 */
export function createPlaces(deps: PlacesDeps) {
  const { ledger, node, link, log } = deps
  const actors = new Actors()
  const directory = new Directory()
  const nameOf = (room: string) => directory.card(room)?.name ?? null
  const presence = new PresenceHub({ ...deps.presence, ledger, node, log, nameOf })
  const { endedSessions } = deps
  const users = new UserHub({ ledger, inbox: deps.inbox, node, link, log, presence, endedSessions })
  const blocks = new Blocks(deps.people, (user) => users.has(user))
  const { hashPassword, loadMessage, bufferCap, publish, media } = deps
  const generation = watchGeneration({
    ledger,
    log,
    alone: link.alone,
    verify: () => {
      for (const actor of actors.all()) actor.verify()
    },
    lose: () => void Promise.allSettled(actors.all().map((actor) => actor.lose())),
  })
  const { isSteady } = generation
  const rates = new Rates()
  const placeDeps: PlaceDeps = { ledger, node, log, users, presence, actors, rates, isSteady, bufferCap, publish }
  const randomSeed = () => randomBytes(16).toString('base64url')
  const study = new StudyActors(actors, log)
  const { memberships } = deps
  const checks = openChecks({ ledger, study })
  const groups = new GroupRooms({ study, actors, users, memberships, log })
  const rooms = {
    [roomNames.study]: defineRoom(
      createStudyRoom({ ...placeDeps, directory, media, hashPassword, randomSeed, loadMessage, blocks }),
    ),
    [roomNames.lobby]: defineRoom(createLobbyRoom({ ...placeDeps, directory, memberships, groups })),
  }
  const shards = new LobbyShards()
  const enterStudy = createEnterStudy({ ...deps, actors: study, blocks })
  /** A role that the group has given meanwhile counts before the room has heard of it. */
  const knowing = async (actor: StudyActor, userId: string, gate: GroupGate | null | undefined) => {
    const group = gate?.role ? { role: gate.role, leader: gate.leader } : undefined
    if (group) await actor.turns.command((place, at) => decideStanding(place, userId, group, at))
  }
  let stopWatching = () => {}
  let stopBeating = () => {}

  let stopShowing = () => {}

  const local: Places = {
    enterStudy: (caller, roomId, password) => answered(() => enterStudy(caller, roomId, password)),

    enterLobby: (caller) =>
      answered(async () => {
        if (isOutdated(caller, deps.oldestClient)) return refuse('outdated', { oldest: deps.oldestClient })
        for (let tries = 0; tries < 3 && !study.closed; tries++) {
          const session = newSession()
          const seat = await reserve(await shards.pick(), {
            sessionId: session,
            who: whoOf(caller, session, 0),
            facts: {},
          })
          if (seat) return { seat }
        }
        return refuse(study.closed ? 'draining' : 'unavailable')
      }),

    createStudy: (caller, { password, ...facts }) =>
      answered(async () => {
        const roomId = randomBytes(12).toString('base64url')
        const passwordHash = password === undefined ? null : await hashPassword(password)
        const owner = { userId: caller.userId, name: caller.name }
        const actor = await study.wake(roomId, { owner, facts: { ...facts, passwordHash } })
        return isRefusal(actor) ? actor : { roomId }
      }),

    createGroupRoom: (roomId, { password, ...facts }, { group, leader }) =>
      answered(async () => {
        const passwordHash = password === undefined ? null : await hashPassword(password)
        const owner = { userId: leader.userId, name: leader.name }
        const actor = await study.wake(roomId, { owner, facts: { ...facts, kind: 'staying', passwordHash, group } })
        return isRefusal(actor) ? actor : { roomId }
      }),

    expel: (userId, group, ids, how) => groups.expel(userId, group, ids, how),
    showStanding: (roomId, userId, gate) => groups.showStanding(roomId, userId, gate),

    changeStudy: (caller, roomId, change, gate) =>
      answered(async () => {
        if (!study.live(roomId) && !(await ledger.exists(roomId))) return refuse('not_found')
        const actor = await study.wake(roomId)
        if (isRefusal(actor)) return actor
        await knowing(actor, caller.userId, gate)
        return changeRoom(turnsBy(actor.turns, caller.userId), { hashPassword, randomSeed }, caller, change)
      }),

    endStudy: (caller, roomId, gate) =>
      answered(async () => {
        if (!study.live(roomId) && !(await ledger.exists(roomId))) return refuse('not_found')
        const actor = await study.wake(roomId)
        if (isRefusal(actor)) return actor
        await knowing(actor, caller.userId, gate)
        return actor.turns.command((place, at) => decideEnd(place, caller.userId, at), caller.userId)
      }),

    card: (roomId) => directory.card(roomId),
    list: (query) => directory.list(query),

    async isPresent(userId, roomId) {
      return (await ledger.placesOf([userId])).some((p) => p.place === roomId)
    },

    endAccountSession: (account) => users.endAccount(account),

    presence,
    checks: {
      of: (user) => answered(() => checks.of(user)),
      answer: (user, roomId, asked) => answered(() => checks.answer(user, roomId, asked)),
    },
    blocksChanged: (changed) => blocks.changed(changed),

    async profileChanged(userId, { name, handle, image }) {
      const [seat] = await ledger.placesOf([userId])
      const now = { name, handle, image: image ?? '' }
      const actor = seat && study.live(seat.place)
      if (!actor) return
      await actor.turns.command((place, at) => decideChanged(place, userId, now, at), userId)
      const moved = await deps.movedDay(userId, actor.turns.now())
      await actor.turns.command((place, at) => decideMoveDay(place, userId, moved, at), userId)
    },

    forget: (userId, roomId) =>
      answered(async () => {
        if (!study.live(roomId) && !(await ledger.exists(roomId))) return {}
        const actor = await study.wake(roomId)
        if (!isRefusal(actor)) return actor.turns.command((place, at) => decideForget(place, userId, at), userId)
        return actor.refused === 'gone' || actor.refused === 'not_found' ? {} : actor
      }),

    tell: (userId, item) => users.tell(userId, item),

    counts() {
      return { ...directory.ownCounts(), connections: users.size }
    },

    async drain() {
      study.closed = true
      stopWatching()
      await Promise.all(actors.all().map((actor) => actor.drain()))
      stopShowing()
      await presence.stop()
      generation.stop()
      stopBeating()
    },
  }
  const places = farPlaces(local, {
    link,
    node,
    nodeOf: (roomId) => (study.live(roomId) ? null : directory.farNodeOf(roomId)),
    seatOf: async (userId) => (await ledger.placesOf([userId]))[0],
  })

  const start = (): void => {
    stopBeating = startHeartbeat({
      ledger,
      node,
      log,
      alone: link.alone,
      ...(deps.buried && { buried: deps.buried }),
      dead() {
        study.closed = true
        stopWatching()
        stopShowing()
        void Promise.allSettled(actors.all().map((actor) => actor.lose())).then(() => deps.dead?.())
      },
    })
    generation.start()
    stopShowing = linkDirectory(directory, link, () => presence.online())
    presence.start()
    stopWatching = watchNode({
      users,
      log,
      groups: () => groups.check(),
      open: async () => (await ledger.generation()).state === 'open',
      due: (limit) => ledger.due(limit),
      orphans: (after) => ledger.orphans(after, 20),
      wake: async (id) => {
        try {
          return !isRefusal(await study.wake(id))
        } catch (error) {
          // Another node was quicker: it does what is due.
          if (error instanceof OwnedElsewhere) return true
          throw error
        }
      },
    })
  }

  return { places, rooms, users, actors, start }
}

/** A ledger that is away is a refusal for who asks over HTTP, not a fault. */
async function answered<T>(ask: () => Promise<T | Refusal>): Promise<T | Refusal> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof LedgerUnavailable) return refuse('unavailable')
    throw error
  }
}
