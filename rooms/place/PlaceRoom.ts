import { type Client, ClientState, Room } from '@colyseus/core'
import { closeCodes, reconnectableCodes } from '#schemas/closeCodes.ts'
import type { Event } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { type Activation, activate } from './activation.ts'
import type { Actor } from './actors.ts'
import { Departures } from './departures.ts'
import type { PlaceDeps } from './deps.ts'
import { dropUnusedSeats } from './dropUnusedSeats.ts'
import { followEffect } from './followEffect.ts'
import { guardFrames } from './frames.ts'
import type { HandlerDeps } from './handlers.ts'
import { JoinRefused, joinPlace } from './join.ts'
import { Lifetime } from './lifetime.ts'
import { LiveNotice } from './liveNotice.ts'
import type { PlaceModel, PlaceRules, PlaceState } from './model.ts'
import { inOneWrite } from './oneWrite.ts'
import { OwnedElsewhere } from './restore.ts'
import { leaveHow, type Seat, type SeatAuth, Seats } from './seats.ts'
import { sendToAll } from './sendToAll.ts'
import { dropSlowReaders } from './slowReaders.ts'
import { BY_HAND_MS, realTimers } from './timers.ts'
import { TurnSerializer } from './turnSerializer.ts'
import { type Decision, type Moment, type Turns, turnsBy, type Who } from './types.ts'

/**
 * What every live place shares: it owns its state, works in turns, shows only what is committed, lets users in by their
 * seats and out again, sleeps when nobody is left, and gives itself up when it is no longer the owner (DESIGN §5).
 * A kind of place brings its model, its rules and its handlers.
 */
export abstract class PlaceRoom<S extends PlaceState, P, F> extends Room<{ state: S }> implements Actor {
  protected abstract readonly deps: PlaceDeps
  protected abstract readonly model: PlaceModel<P>
  protected abstract readonly rules: PlaceRules<P, F>
  /** Registers the requests; called once, before anybody can join. */
  protected abstract listen(handling: HandlerDeps<Turns<P>>): void
  /** The first events of a place that is being made by this activation. */
  protected abstract found(place: P, options: never, at: Moment): Decision
  /** A turn is over: what the lobby shows of the place may have changed. */
  protected abstract shown(place: P): void
  /** The place is no longer live here. */
  protected abstract hidden(): void
  /** A turn is committed and shown; `events`: what it brought. */
  protected committed(_events: readonly Event[]): void {}
  /** A connection has ended, or nothing of it is obeyed any more. Told before its leave is committed (I7), maybe twice. */
  protected parted(_session: string): void {}

  override autoDispose = false
  override patchRate = BY_HAND_MS
  override maxClients = Number.POSITIVE_INFINITY
  readonly #serializer = new TurnSerializer<S>()
  readonly #seats = new Seats()
  readonly #timers = realTimers
  #activation!: Activation<P>
  #lifetime: Lifetime<P> | undefined
  #departures!: Departures

  constructor() {
    super()
    guardFrames(this, {
      now: () => this.#timers.monotonic(),
      alive: (client) => this.#seats.seen(client.sessionId, this.#activation.clock.now()),
      flooding: (client) => this.evict(client.sessionId, closeCodes.flooding),
      fault: (error, client) => {
        this.deps.log('warn', { place: this.roomId, error: String(error) }, 'a frame could not be read')
        this.kickClient(client.sessionId, 4002)
      },
    })
  }

  get id(): string {
    return this.roomId
  }
  /** The room's row in Colyseus' listing. */
  get row() {
    return this['_listing']
  }
  /** Takes seats and commands. */
  get isOpen(): boolean {
    return this.#lifetime !== undefined && !this.#lifetime.isEnding
  }
  get turns(): Turns<P> {
    return this.#activation.loop
  }
  get place(): P {
    return this.#activation.place
  }

  // Colyseus makes a serializer of its own whenever `state` is assigned; take ours instead.
  override setSerializer(): void {
    super.setSerializer(this.#serializer)
  }

  // Without this method one throw in any hook ends the whole node. A refused join, or another node's place, is no bug.
  override onUncaughtException(error: Error, where: string): void {
    const cause = error.cause ?? error
    if (!(cause instanceof JoinRefused || cause instanceof OwnedElsewhere)) this.#fault(cause, where)
  }

  #fault(error: unknown, where: string): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.deps.log('error', { place: this.roomId, where, error: text }, 'a bug in a place')
  }

  override async onCreate(options: { found?: unknown; by?: string }): Promise<void> {
    const { deps, model, rules, roomId: id } = this
    const { ledger, log } = deps
    this.#departures = new Departures({
      ledger,
      place: id,
      silence: (userId, code) => {
        for (const seat of this.#seats.ofUser(userId)) seat.evicted ??= code
      },
      close: (userId, code) => {
        for (const seat of this.#seats.ofUser(userId)) this.evict(seat.who.session, code)
      },
      failed: (error, what) => log('error', { place: id, what, error: String(error) }, 'a ledger write was given up'),
    })
    this.#activation = await activate(deps, id, model, rules, this.#timers, {
      opened: () => {
        this.#serializer.turnOpen = true
      },
      applying: (place, event) => {
        if (event.type !== 'member.left') return
        this.#departures.noteLeaving(event.data.userId, rules.sessionOf(place, event.data.userId))
      },
      committed: (events) => this.#committed(events),
      effect: (effect) =>
        followEffect(effect, {
          seats: this.#seats,
          users: deps.users,
          log,
          evict: (session, code) => this.evict(session, code),
          // A model's own pushes: the shared room does not know their names.
          push: (type, body) => this.broadcast(type as never, body as never),
        }),
      closed: () => {
        // Turns go on for a while in an ending actor; it must not come back into the lobby.
        if (this.#lifetime?.isEnding) return
        this.shown(this.place)
        this.#lifetime?.turned()
      },
      pace: () => Math.min(50, this.clients.length * 0.15),
      patience: () => Math.min(50, this.clients.length * 0.5),
      frozen: (on) => this.#show(this.clients, this.#notices.frozen(on)),
      stored: (authors, through) => this.#showStored(authors, through),
      lost: () => void this.#lifetime?.end('lost'),
      fault: (error, where) => this.#fault(error, where),
    })
    if (this.#activation.refilled) this.#tellRemovals()
    // By it the listing of this owner takes the place of a dead one's, which nobody has taken out.
    this['_listing'].metadata = { epoch: this.#activation.epoch }
    this.state = model.state(this.place) as S
    this.listen({
      speaker: (client) => this.#speaker(client),
      rates: deps.rates,
      turns: (who) => turnsBy(this.turns, who.userId),
      monotonic: () => this.#timers.monotonic(),
      fault: (error, type) => this.#fault(error, type),
    })
    if (options.found !== undefined) {
      // Checked by the API; of which form a place is founded its model knows.
      const founded = await this.turns.command((place, at) => this.found(place, options.found as never, at), options.by)
      if (isRefusal(founded)) throw new JoinRefused(founded)
    }
    this.#lifetime = new Lifetime({
      id,
      activation: this.#activation,
      rules,
      seats: this.#seats,
      ledger,
      timers: this.#timers,
      log,
      leaving: (gone) => {
        this.hidden()
        deps.actors.ending(this, gone)
      },
      disconnect: (code) => {
        dropUnusedSeats(this)
        return this.disconnect(code)
      },
    })
    deps.actors.started(this)
    this.#lifetime.standGuard()
    this.#activation.loop.poke()
  }

  #committed(events: readonly Event[]): void {
    this.#serializer.turnOpen = false
    inOneWrite(this.clients)
    this.broadcastPatch()
    this.committed(events)
    this.#departures.committed(events)
    dropSlowReaders(this.clients, this.deps.bufferCap, (client) => {
      const seat = this.#seats.get(client.sessionId)
      if (seat) seat.evicted ??= closeCodes.tooSlow
    })
  }

  get #notices(): LiveNotice {
    return LiveNotice.of(this.model.state(this.place))
  }

  #showStored(authors: ReadonlySet<string>, through: number): void {
    const theirs = [...authors].map((userId) => this.clients.getById(this.rules.sessionOf(this.place, userId) ?? ''))
    this.#show(
      theirs.filter((client) => client !== undefined),
      this.#notices.storedThrough(through),
    )
  }

  #show(clients: readonly Client[], patch: Uint8Array): void {
    const reads = (client: Client) => client.state === ClientState.JOINED && !this.#serializer.isWaiting(client)
    sendToAll(clients.filter(reads), patch)
  }

  /** Sends a message to one connection; without effect while it is away. */
  protected push(session: string, type: string, body: unknown): void {
    // What a model pushes its shape says; the shared room does not know the names.
    if (this.#seats.get(session)?.phase === 'in') this.clients.getById(session)?.send(type as never, body as never)
  }

  #speaker(client: Client): Who | undefined {
    const seat = this.#seats.get(client.sessionId)
    if (seat?.phase !== 'in' || seat.evicted !== undefined || client.state === ClientState.LEAVING) return undefined
    return seat.who
  }

  /** Enter hands out a seat: the actor stays awake until it is used or has run out. */
  promise(session: string): void {
    this.#seats.promise(session, this.#timers.monotonic())
  }

  override async onJoin(client: Client): Promise<void> {
    const { who, facts } = client.auth as SeatAuth<F>
    const { clock, loop } = this.#activation
    const seat: Seat = {
      who,
      phase: 'joining',
      joined: false,
      evicted: undefined,
      seenAt: clock.now(),
      stopWaiting: undefined,
    }
    this.#seats.take(who.session, seat)
    const { ledger, node, users } = this.deps
    try {
      await joinPlace(
        { ledger, node, place: this.roomId, users, loop, rules: this.rules, seat, seats: this.#seats },
        who,
        facts,
      )
    } catch (error) {
      this.#seats.delete(who.session)
      this.#lifetime?.lookEmpty()
      throw error
    }
    // The socket may have gone meanwhile: then its leave stands behind the join already.
    if (this.#seats.get(who.session) !== seat) return
    seat.phase = 'in'
    this.#listenForPongs(client)
    users.connect({
      who,
      place: this.roomId,
      // The user's own messages go over whichever place he is in, whose type does not name them.
      send: (type, message) => this.clients.getById(who.session)?.send(type as never, message as never),
      end: (code) => this.evict(who.session, code),
    })
  }

  #listenForPongs(client: Client): void {
    client.ref.on('pong', () => this.#seats.seen(client.sessionId, this.#activation.clock.now()))
  }

  // A client that comes back by token while its old socket still looks alive would wait for that one's ping time-out.
  override hasReservedSeat(session: string, token?: string): boolean {
    const ok = super.hasReservedSeat(session, token)
    if (ok && token !== undefined && this.clients.getById(session)?.reconnectionToken === token)
      queueMicrotask(() => this.kickClient(session, 4002))
    return ok
  }

  /** Ends one connection with the reason; idempotent. Nothing from it is obeyed from now on. */
  evict(session: string, code: number): void {
    const seat = this.#seats.get(session)
    if (!seat) return
    seat.evicted ??= code
    this.parted(session)
    if (seat.stopWaiting) seat.stopWaiting()
    // Not `client.leave`: with it the client stays among the clients until its peer answers the close.
    else this.kickClient(session, seat.evicted)
  }

  override onDrop(client: Client, code?: number): void {
    const seat = this.#seats.get(client.sessionId)
    if (seat?.phase !== 'in' || seat.evicted !== undefined || !this.isOpen) return
    if (code === undefined || !reconnectableCodes.has(code)) return
    const { who, seenAt } = seat
    const { loop } = this.#activation
    seat.phase = 'dropped'
    const wait = this.allowReconnection(client, limits.reconnectSeconds)
    seat.stopWaiting = () => wait.reject?.(false)
    // It rejects at once for a client that never acknowledged its join; unhandled, that would end the process.
    wait.catch(() => {})
    void loop.live((place, at) => this.rules.markDropped(place, who, seenAt, at), true)
    void loop.command((place, at) => this.rules.drop(place, who, at), who.userId, { must: true })
  }

  override onReconnect(client: Client): void {
    const seat = this.#seats.get(client.sessionId)
    if (!seat || seat.evicted !== undefined) {
      this.kickClient(client.sessionId, seat?.evicted ?? closeCodes.stale)
      return
    }
    const { who } = seat
    const { loop } = this.#activation
    seat.phase = 'in'
    seat.stopWaiting = undefined
    this.#listenForPongs(client)
    void loop.live((place, at) => this.rules.markConnected(place, who, at), true)
    void loop.command((place, at) => this.rules.back(place, who, at), who.userId, { must: true })
    // He came back in the very moment in which his time was up.
    if (this.rules.sessionOf(this.place, who.userId) !== who.session) this.evict(who.session, closeCodes.stale)
  }

  override async onLeave(client: Client, code?: number): Promise<void> {
    const seat = this.#seats.get(client.sessionId)
    if (!seat) return
    const { who, phase, evicted } = seat
    this.#seats.delete(who.session)
    this.parted(who.session)
    this.deps.users.disconnect(who.session)
    const { loop } = this.#activation
    const how = leaveHow(evicted ?? (phase === 'dropped' ? undefined : code))
    const left = loop.command((place, at) => this.rules.leave(place, who, how, at), who.userId, { must: true })
    // An evicted client's socket closes without waiting for the leave (§5.7); a polite one's after it.
    if (evicted === undefined && !loop.isFrozen) await left
    this.#lifetime?.lookEmpty()
  }

  /** Ends the actor so that any node can take the place up: no leaves are committed (§5.6). */
  async drain(): Promise<void> {
    await this.#lifetime?.end('drained')
  }

  verify(): void {
    this.#activation.loop.verify()
    this.#tellRemovals()
  }

  #tellRemovals(): void {
    this.#departures.removedBefore(this.rules.removals(this.place, { now: this.#activation.clock.now() }))
  }

  async lose(): Promise<void> {
    await this.#lifetime?.end('lost')
  }

  override onBeforeShutdown(): void {
    void this.drain()
  }

  override onDispose(): void {
    this.#lifetime?.stop()
    for (const { who } of this.#seats.all()) this.deps.users.disconnect(who.session)
  }
}
