import { type Client, ClientState, Room } from '@colyseus/core'
import { closeCodes, reconnectableCodes } from '#schemas/closeCodes.ts'
import type { Event } from '#schemas/events/catalogue.ts'
import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import type { Actor } from './actors.ts'
import { Committer } from './committer.ts'
import { Departures } from './departures.ts'
import type { PlaceDeps } from './deps.ts'
import { guardFrames } from './frames.ts'
import { FrozenNotice } from './frozenNotice.ts'
import type { HandlerDeps, Speaker } from './handlers.ts'
import { JoinRefused, joinPlace } from './join.ts'
import type { PlaceModel, PlaceRules, PlaceState } from './model.ts'
import { PlaceClock } from './placeClock.ts'
import { Publisher } from './publisher.ts'
import { Buckets } from './rates.ts'
import { restorePlace } from './restore.ts'
import { leaveHow, type SeatAuth, Seats } from './seats.ts'
import { bufferedBytes, terminate } from './slowReaders.ts'
import { Snapshots } from './snapshots.ts'
import { realTimers } from './timers.ts'
import { TurnLoop } from './turn.ts'
import { TurnSerializer } from './turnSerializer.ts'
import type { Decision, Effect, Moment, Turns } from './types.ts'
import { Wake } from './wake.ts'
import type { Watermark } from './watermark.ts'

/** Nobody is here: how long an actor waits for the next before it goes to sleep. */
const LINGER_MS = 1000
/** A live place stands in the due index this far ahead, so that it is found if its node dies and nobody comes back. */
const GUARD_MS = 10 * 60_000
/** The longest Node timer: patches go out by hand, at the end of a turn, and an idle room costs nothing. */
const NEVER_MS = 2_000_000_000
/** How long an ending actor waits for a ledger that is away. */
const LAST_WAIT_MS = 3000

type Ending = 'asleep' | 'ended' | 'drained' | 'lost'
const endingCodes = {
  asleep: closeCodes.draining,
  ended: closeCodes.ended,
  drained: closeCodes.draining,
  lost: closeCodes.stale,
} as const

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
  protected abstract listen(turns: Turns<P>, handling: HandlerDeps): void
  /** The first events of a place that is being made by this activation. */
  protected abstract found(place: P, options: never, at: Moment): Decision
  /** Something that others may see has changed: the lobby's card. */
  protected abstract shown(place: P): void
  protected abstract gone(): void

  override autoDispose = false
  override patchRate = NEVER_MS
  override maxClients = Number.POSITIVE_INFINITY
  readonly #serializer = new TurnSerializer<S>()
  readonly #seats = new Seats()
  readonly #timers = realTimers
  #loop!: TurnLoop<P>
  #committer!: Committer
  #clock!: PlaceClock
  #snapshots!: Snapshots
  #departures!: Departures
  #publisher!: Publisher
  #watermark!: Watermark
  #notice: FrozenNotice | undefined
  #epoch = 0
  #ending: Promise<void> | undefined
  readonly #wake = new Wake(this.#timers, () => this.#loop.poke())
  readonly #linger = new Wake(this.#timers, () => this.#sleepIfEmpty())
  readonly #guard = new Wake(this.#timers, () => this.#standGuard())

  constructor() {
    super()
    guardFrames(this, {
      now: () => this.#timers.monotonic(),
      alive: (client) => this.#seats.seen(client.sessionId, this.#clock.now()),
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
    return this.#ending === undefined
  }
  get turns(): Turns<P> {
    return this.#loop
  }
  get place(): P {
    return this.#loop.place
  }
  get epoch(): number {
    return this.#epoch
  }
  get version(): number {
    return this.#committer.version
  }

  // Colyseus makes a serializer of its own whenever `state` is assigned; take ours instead.
  override setSerializer(): void {
    super.setSerializer(this.#serializer)
  }

  // Without this method one throw in any hook ends the whole node. A refused join is no bug.
  override onUncaughtException(error: Error, where: string): void {
    const cause = error.cause ?? error
    if (cause instanceof JoinRefused) return
    this.#fault(cause, where)
  }

  #fault(error: unknown, where: string): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.deps.log('error', { place: this.roomId, where, error: text }, 'a bug in a place')
  }

  override async onCreate(options: { found?: unknown }): Promise<void> {
    const { deps, model, rules, roomId: id } = this
    const timers = this.#timers
    const { place, claim, watermark, lastEventAt } = await restorePlace(deps.ledger, deps.node, id, model)
    this.#epoch = claim.epoch
    this.#watermark = watermark
    this.#clock = new PlaceClock(claim.now, lastEventAt, timers)
    this.#committer = new Committer({
      ledger: deps.ledger,
      timers,
      place: id,
      epoch: claim.epoch,
      version: claim.version,
      confirmed: claim.confirmed,
      frozen: (on) => this.#freeze(on),
    })
    this.#committer.hold(claim.events)
    this.#snapshots = new Snapshots(
      {
        ledger: deps.ledger,
        timers,
        place: id,
        epoch: claim.epoch,
        body: () => model.snapshot(place),
        failed: (e) => deps.log('warn', { place: id, error: String(e) }, 'a snapshot failed'),
      },
      claim.snapshot?.version ?? 0,
    )
    this.#departures = new Departures({
      ledger: deps.ledger,
      place: id,
      silence: (userId, code) => {
        for (const seat of this.#seats.ofUser(userId)) seat.evicted ??= code
      },
      close: (userId, code) => {
        for (const seat of this.#seats.ofUser(userId)) this.evict(seat.who.session, code)
      },
      failed: (e, what) => deps.log('error', { place: id, what, error: String(e) }, 'a ledger write was given up'),
    })
    this.#publisher = new Publisher({
      timers,
      publish: () => deps.publish(id),
      confirmed: (seq) => {
        this.#committer.confirm(seq)
        void this.#loop.live(() => this.#showStored())
      },
      failed: (e) => deps.log('warn', { place: id, error: String(e) }, 'publishing failed'),
    })
    rules.markReturning(place, { now: this.#clock.now() })
    this.state = model.state(place) as S
    this.#loop = this.#makeLoop(place)
    this.#showStored()
    this.listen(this.#loop, {
      speaker: (client) => this.#speaker(client),
      monotonic: () => timers.monotonic(),
      fault: (e, type) => this.#fault(e, type),
    })
    if (options.found !== undefined) {
      const founded = await this.#loop.command((p, at) => this.found(p, options.found as never, at))
      if (isRefusal(founded)) throw new JoinRefused(founded)
    }
    deps.actors.started(this)
    this.#standGuard()
    this.#loop.poke()
  }

  #makeLoop(place: P): TurnLoop<P> {
    const { model, rules, deps } = this
    return new TurnLoop<P>({
      place,
      key: this.roomId,
      epoch: this.#epoch,
      committer: this.#committer,
      timers: this.#timers,
      now: () => this.#clock.now(),
      apply: (p, event) => {
        if (event.type === 'member.left')
          this.#departures.noteLeaving(event.data.userId, rules.sessionOf(p, event.data.userId))
        model.apply(p, event)
        this.#watermark.note(event)
      },
      due: (p, at) => rules.due(p, at),
      opened: () => {
        this.#serializer.turnOpen = true
      },
      committed: (events) => this.#committed(events),
      effect: (effect) => this.#follow(effect),
      closed: (changed) => this.#turnClosed(changed),
      pace: () => Math.min(50, this.clients.length * 0.15),
      lost: (why) => {
        deps.log('warn', { place: this.roomId, why, epoch: this.#epoch }, 'the place is lost to this actor')
        void this.#end('lost')
      },
      fault: (error, where) => this.#fault(error, where),
    })
  }

  #committed(events: readonly Event[]): void {
    this.#serializer.turnOpen = false
    this.#showStored()
    this.broadcastPatch()
    this.#departures.committed(events)
    for (const client of [...this.clients])
      if (bufferedBytes(client) > this.deps.bufferCap) {
        const seat = this.#seats.get(client.sessionId)
        if (seat) seat.evicted ??= closeCodes.tooSlow
        terminate(client)
      }
  }

  #turnClosed(changed: boolean): void {
    const at = { now: this.#clock.now() }
    if (changed) {
      this.#snapshots.changed(this.#committer.version)
      this.#publisher.committed(this.#committer.version, this.#committer.confirmed)
    }
    this.shown(this.place)
    const fate = this.rules.fate(this.place)
    if (fate === 'ended') return void this.#end('ended')
    this.#wake.set(this.rules.nextDueAt(this.place, at), at.now)
    this.#sleepSoon()
  }

  #follow(effect: Effect): void {
    switch (effect.do) {
      case 'close':
        for (const seat of this.#seats.ofUser(effect.userId))
          if (!seat.evicted) this.evict(seat.who.session, effect.code)
        return
      case 'tell':
        this.deps.users
          .tell(effect.userId, effect.item)
          .catch((e: unknown) => this.deps.log('warn', { error: String(e) }, 'an inbox item was not told'))
        return
      case 'push':
        this.broadcast(effect.type as never, effect.body as never)
        return
      default:
        effect satisfies never
    }
  }

  #showStored(): void {
    const state = this.state as PlaceState
    const through = this.#watermark.confirm(this.#committer.confirmed)
    if (state.storedThrough !== through) state.storedThrough = through
  }

  #freeze(on: boolean): void {
    this.deps.log('warn', { place: this.roomId, on }, on ? 'the ledger is away' : 'the ledger is back')
    this.#loop.freeze(on)
    this.#notice ??= new FrozenNotice(this.state as PlaceState)
    const patch = this.#notice.patch(on)
    for (const client of this.clients)
      if (client.state === ClientState.JOINED && !this.#serializer.isWaiting(client)) client.raw(patch)
  }

  #speaker(client: Client): Speaker | undefined {
    const seat = this.#seats.get(client.sessionId)
    if (seat?.phase !== 'in' || seat.evicted !== undefined || client.state === ClientState.LEAVING) return undefined
    return seat
  }

  /** Enter hands out a seat: the actor stays awake until it is used or has run out. */
  promise(session: string): void {
    this.#seats.promise(session, this.#timers.monotonic())
  }

  override async onJoin(client: Client): Promise<void> {
    const { who, facts } = client.auth as SeatAuth<F>
    const now = this.#clock.now()
    const seat = { who, client, phase: 'joining' as const, evicted: undefined, stopWaiting: undefined }
    this.#seats.take(who.session, { ...seat, seenAt: now, buckets: new Buckets() })
    const { ledger, node, users } = this.deps
    try {
      await joinPlace({ ledger, node, place: this.roomId, users, loop: this.#loop, rules: this.rules }, who, facts)
    } catch (error) {
      this.#seats.delete(who.session)
      this.#sleepSoon()
      throw error
    }
    const joined = this.#seats.get(who.session)
    if (!joined) return
    joined.phase = 'in'
    this.#connected(client, who.session)
    users.connect({
      who,
      place: this.roomId,
      send: (type, message) => this.clients.getById(who.session)?.send(type, message),
      end: (code) => this.evict(who.session, code),
    })
  }

  #connected(client: Client, session: string): void {
    client.ref.on('pong', () => this.#seats.seen(session, this.#clock.now()))
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
    if (seat.stopWaiting) seat.stopWaiting()
    else this.kickClient(session, seat.evicted)
  }

  override onDrop(client: Client, code?: number): void {
    const seat = this.#seats.get(client.sessionId)
    if (seat?.phase !== 'in' || seat.evicted !== undefined || this.#ending) return
    if (code === undefined || !reconnectableCodes.has(code)) return
    const { who, seenAt } = seat
    seat.phase = 'dropped'
    const wait = this.allowReconnection(client, limits.reconnectSeconds)
    seat.stopWaiting = () => wait.reject?.(false)
    // It rejects at once for a client that never acknowledged its join; unhandled, that would end the process.
    wait.catch(() => {})
    void this.#loop.live((p, at) => this.rules.markDropped(p, who, seenAt, at))
    void this.#loop.command((p, at) => this.rules.drop(p, who, at), who.userId, true)
  }

  override onReconnect(client: Client): void {
    const seat = this.#seats.get(client.sessionId)
    if (!seat || seat.evicted !== undefined) {
      this.kickClient(client.sessionId, seat?.evicted ?? closeCodes.stale)
      return
    }
    const { who } = seat
    Object.assign(seat, { client, phase: 'in', stopWaiting: undefined })
    this.#connected(client, who.session)
    void this.#loop.live((p, at) => this.rules.markConnected(p, who, at))
    void this.#loop
      .command((p, at) => this.rules.back(p, who, at), who.userId, true)
      .then((answer) => {
        if (isRefusal(answer)) this.evict(who.session, closeCodes.stale)
      })
  }

  override async onLeave(client: Client, code?: number): Promise<void> {
    const seat = this.#seats.get(client.sessionId)
    if (!seat) return
    const { who, phase, evicted } = seat
    this.#seats.delete(who.session)
    this.deps.users.disconnect(who.session)
    // A join that was cut off is undone like any other; the turns keep their order.
    const left = this.#loop.command(
      (p, at) => this.rules.leave(p, who, leaveHow(evicted ?? (phase === 'dropped' ? 1006 : code)), at),
      who.userId,
      true,
    )
    // An evicted client's socket closes without waiting for the leave (§5.7); a polite one's after it.
    if (evicted === undefined && !this.#loop.isFrozen) await left
    this.#sleepSoon()
  }

  #sleepSoon(): void {
    if (this.#ending) return
    const now = this.#clock.now()
    const empty = this.rules.fate(this.place) === 'empty' && this.#seats.isEmpty(this.#timers.monotonic())
    this.#linger.set(empty ? now + LINGER_MS : null, now)
  }

  #sleepIfEmpty(): void {
    if (this.#ending || this.rules.fate(this.place) !== 'empty') return
    if (this.#seats.isEmpty(this.#timers.monotonic())) void this.#end('asleep')
    else this.#linger.set(this.#clock.now() + limits.seatMs, this.#clock.now())
  }

  #standGuard(): void {
    const now = this.#clock.now()
    this.deps.ledger
      .setDue(this.roomId, now + GUARD_MS)
      .catch((e: unknown) => this.deps.log('warn', { place: this.roomId, error: String(e) }, 'no guard was set'))
    this.#guard.set(now + GUARD_MS / 2, now)
  }

  async drain(): Promise<void> {
    await this.#end('drained')
  }

  // Colyseus' shutdown asks each room; ours leave in an orderly way and commit no leaves.
  override onBeforeShutdown(): void {
    void this.drain()
  }

  #end(how: Ending): Promise<void> {
    if (this.#ending) return this.#ending
    this.#ending = this.#finish(how)
    this.deps.actors.ending(this, this.#ending)
    return this.#ending
  }

  async #finish(how: Ending): Promise<void> {
    // Not in the caller's turn: it has to end first.
    await Promise.resolve()
    for (const wake of [this.#wake, this.#linger, this.#guard]) wake.stop()
    this.gone()
    if (how !== 'lost') {
      const hurry = this.#timers.after(LAST_WAIT_MS, () => this.#committer.stop())
      await this.#loop.seal(how === 'ended' ? 'gone' : 'draining')
      hurry()
      await this.#giveUp(how).catch((e: unknown) =>
        this.deps.log('warn', { place: this.roomId, how, error: String(e) }, 'the place could not be released'),
      )
    }
    this.#loop.close(how === 'ended' ? 'gone' : how === 'lost' ? 'stale' : 'draining')
    await this.disconnect(endingCodes[how])
  }

  async #giveUp(how: Ending): Promise<void> {
    const { ledger } = this.deps
    const id = this.roomId
    if (how === 'ended') {
      for (const { who } of this.#seats.all()) await ledger.leavePlace(who.userId, who.session)
      await ledger.setDue(id, null)
      return ledger.endPlace(id, this.#epoch)
    }
    await this.#snapshots.take(this.#committer.version)
    await ledger.setDue(id, this.rules.nextDueAt(this.place, { now: this.#clock.now() }))
    await ledger.release(id, this.#epoch)
  }

  override onDispose(): void {
    for (const wake of [this.#wake, this.#linger, this.#guard]) wake.stop()
    for (const { who } of this.#seats.all()) this.deps.users.disconnect(who.session)
    this.#publisher?.stop()
    if (!this.#ending) this.deps.actors.ending(this, Promise.resolve())
  }
}
