import { type Client, Room } from '@colyseus/core'
import type { GroupMemberships } from '#persistence/ports/groupMemberships.ts'
import type { Directory } from '#rooms/directory/directory.ts'
import type { GroupRooms } from '#rooms/groups/groupRooms.ts'
import type { Actor } from '#rooms/place/actors.ts'
import type { PlaceDeps } from '#rooms/place/deps.ts'
import { dropUnusedSeats } from '#rooms/place/dropUnusedSeats.ts'
import { guardFrames } from '#rooms/place/frames.ts'
import { register } from '#rooms/place/handlers.ts'
import { JoinRefused, refuseSignedOut } from '#rooms/place/join.ts'
import { PlaceClock } from '#rooms/place/placeClock.ts'
import type { SeatAuth } from '#rooms/place/seats.ts'
import { dropSlowReaders } from '#rooms/place/slowReaders.ts'
import { BY_HAND_MS, realTimers } from '#rooms/place/timers.ts'
import { TurnSerializer } from '#rooms/place/turnSerializer.ts'
import type { Who } from '#rooms/place/types.ts'
import { presenceHandlers } from '#rooms/presence/presence.messages.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { type LobbyChanged, lobbyMessages } from '#schemas/messages/lobby.ts'
import { LobbyState } from '#schemas/state/lobbyState.ts'
import { Viewers } from './viewers.ts'

export type LobbyDeps = PlaceDeps & {
  readonly directory: Directory
  readonly memberships: GroupMemberships
  readonly groups: GroupRooms
}

const COUNTS_MS = 1000

/** One shard of the lobby: bounded clients who each look at a page of the live rooms. It keeps nothing. */
export const createLobbyRoom = (deps: LobbyDeps) =>
  class LobbyRoom extends Room<{ state: LobbyState }> implements Actor {
    override autoDispose = false
    override patchRate = BY_HAND_MS
    readonly #viewers = new Viewers(deps.directory)
    /** Who is in and was not evicted. */
    readonly #speakers = new WeakMap<Client, Who>()
    #stop: (() => void)[] = []

    constructor() {
      super()
      guardFrames(this, {
        now: () => realTimers.monotonic(),
        alive: () => {},
        flooding: (client) => this.#evict(client, closeCodes.flooding),
        fault: (_error, client) => this.#evict(client, 4002),
      })
    }

    get id(): string {
      return this.roomId
    }

    override setSerializer(): void {
      super.setSerializer(new TurnSerializer<LobbyState>())
    }

    override onUncaughtException(error: Error, where: string): void {
      const cause = error.cause ?? error
      if (cause instanceof JoinRefused) return
      deps.log('error', { room: this.roomId, where, error: error.stack ?? error.message }, 'a bug in the lobby')
    }

    override async onCreate(): Promise<void> {
      const clock = new PlaceClock(await deps.ledger.now(), 0)
      this.state = new LobbyState()
      this.#count()
      register(
        this,
        lobbyMessages,
        {
          'clock.sync': async () => ({ now: clock.now() }),
          ...presenceHandlers(deps.presence),
          'lobby.view': async (who, query) => this.#viewers.look(who.session, query),
          'lobby.groups': async (who) => {
            const mine = await deps.memberships.groupsOf(who.userId)
            return {
              rooms: this.#viewers.lookAtGroups(
                who.session,
                who.userId,
                mine.map(({ group }) => group),
              ),
            }
          },
        },
        {
          speaker: (client) => this.#speakers.get(client),
          rates: deps.rates,
          turns: () => undefined,
          monotonic: () => realTimers.monotonic(),
          fault: (error, type) => deps.log('error', { type, error: String(error) }, 'a bug in a lobby handler'),
        },
      )
      this.#stop.push(deps.directory.watch((change) => this.#tell(this.#viewers.news(change))))
      this.#stop.push(deps.groups.onLost((user, group) => this.#viewers.lose(user, group)))
      const count = setInterval(() => this.#count(), COUNTS_MS)
      this.#stop.push(() => clearInterval(count))
      deps.actors.started(this)
    }

    override async onJoin(client: Client): Promise<void> {
      const { who } = client.auth as SeatAuth<unknown>
      await refuseSignedOut(deps.ledger, who)
      // The socket may have gone meanwhile: then nobody would take its connection out again.
      if (!this.clients.includes(client)) return
      this.#speakers.set(client, who)
      deps.users.connect({
        who,
        place: null,
        send: (type, message) => client.send(type, message),
        end: (code) => this.#evict(client, code),
      })
    }

    override onLeave(client: Client): void {
      this.#viewers.forget(client.sessionId)
      deps.users.disconnect(client.sessionId)
    }

    override onDispose(): void {
      for (const stop of this.#stop) stop()
    }

    override onBeforeShutdown(): void {
      void this.drain()
    }

    async drain(): Promise<void> {
      dropUnusedSeats(this)
      const gone = this.disconnect(closeCodes.draining)
      deps.actors.ending(this, gone)
      await gone
    }

    /** A shard of the lobby has nothing in the ledger. */
    verify(): void {}

    lose(): Promise<void> {
      return this.drain()
    }

    #evict(client: Client, code: number): void {
      this.#speakers.delete(client)
      this.kickClient(client.sessionId, code)
    }

    #tell(news: ReadonlyMap<string, LobbyChanged>): void {
      for (const client of [...this.clients]) {
        const changed = news.get(client.sessionId)
        if (changed) client.send('lobby.changed', changed)
      }
      dropSlowReaders(this.clients, deps.bufferCap)
    }

    #count(): void {
      const { rooms, studying } = deps.directory.counts()
      const online = deps.presence.online() + deps.directory.onlineFar()
      const { state } = this
      if (state.rooms === rooms && state.studying === studying && state.online === online) return
      Object.assign(state, { rooms, studying, online })
      this.broadcastPatch()
    }
  }
