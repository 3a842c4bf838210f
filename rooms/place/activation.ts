import type { Event } from '#schemas/events/catalogue.ts'
import { Committer } from './committer.ts'
import type { PlaceDeps } from './deps.ts'
import type { PlaceModel, PlaceRules } from './model.ts'
import { PlaceClock } from './placeClock.ts'
import { Publisher } from './publisher.ts'
import { restorePlace } from './restore.ts'
import { Snapshots } from './snapshots.ts'
import type { Timers } from './timers.ts'
import { TurnLoop } from './turn.ts'
import type { Effect } from './types.ts'
import type { Watermark } from './watermark.ts'

/** What the room does at the stations of a turn; the sockets are its business. */
export type Stations<P> = {
  opened(): void
  /** Before an event is applied: what it removes is still there. */
  applying(place: P, event: Event): void
  /** All is committed: show it. */
  committed(events: readonly Event[]): void
  effect(effect: Effect): void
  closed(): void
  /** Milliseconds between turns, and between those of joins alone. */
  pace(): number
  patience(): number
  frozen(on: boolean): void
  /** The log has just confirmed messages of these users, the newest of all is `through`. */
  stored(authors: ReadonlySet<string>, through: number): void
  lost(why: 'stale' | 'broken'): void
  fault(error: unknown, where: string): void
}

/** Who did not say it has no use for knowing at once that a message is stored: the next patch tells him, or this one, after so long. */
const TELL_ALL_MS = 3000

/** A place that this actor owns: restored, with its clock, its turns and its way to the ledger and the log. */
export type Activation<P> = {
  readonly place: P
  readonly epoch: number
  /** The ledger had forgotten the place, and with it who is removed. */
  readonly refilled: boolean
  readonly clock: PlaceClock
  readonly committer: Committer
  readonly snapshots: Snapshots
  readonly publisher: Publisher
  readonly watermark: Watermark
  readonly loop: TurnLoop<P>
}

/** Claims and restores a place and sets its turns going. Throws as `restorePlace` does. */
export async function activate<P>(
  deps: PlaceDeps,
  id: string,
  model: PlaceModel<P>,
  rules: Pick<PlaceRules<P, never>, 'due' | 'markReturning'>,
  timers: Timers,
  stations: Stations<P>,
): Promise<Activation<P>> {
  const { ledger, log } = deps
  const { place, claim, watermark, lastEventAt } = await restorePlace(ledger, deps.node, id, model)
  const { epoch, version, confirmed } = claim
  const clock = new PlaceClock(claim.now, lastEventAt, timers)
  const committer = new Committer({
    ledger,
    timers,
    place: id,
    epoch,
    version,
    confirmed,
    async putBack(mark, events) {
      // Who has stood still may have an heir that he does not know of, and the ledger has forgotten him too.
      if (!deps.isSteady()) return { ok: false, why: 'stale', epoch }
      const snapshot = { version: mark + events.length, body: model.snapshot(place) }
      log('warn', { place: id, epoch }, 'the ledger has forgotten the place, which is put back')
      return ledger.putBack({ place: id, node: deps.node, epoch, confirmed: mark, snapshot, from: mark, events })
    },
    frozen: (on) => {
      log('warn', { place: id }, on ? 'the ledger is away' : 'the ledger is back')
      loop.freeze(on)
      stations.frozen(on)
    },
  })
  committer.hold(claim.events)
  const snapshots = new Snapshots(
    {
      ledger,
      timers,
      place: id,
      epoch,
      body: () => model.snapshot(place),
      failed: (error) => log('warn', { place: id, error: String(error) }, 'a snapshot failed'),
    },
    claim.snapshot?.version ?? 0,
  )
  const showStored = (): void => {
    watermark.confirm(committer.confirmed)
    const state = model.state(place)
    if (state.storedThrough !== watermark.through) state.storedThrough = watermark.through
  }
  let toTell = false
  const tellStored = (): void => {
    // A turn that is under way shows it to everybody when it is committed.
    if (loop.isTurning) return
    const authors = watermark.confirm(committer.confirmed)
    if (authors.size > 0) stations.stored(authors, watermark.through)
    if (toTell || model.state(place).storedThrough === watermark.through) return
    toTell = true
    timers.after(TELL_ALL_MS, () => {
      toTell = false
      if (model.state(place).storedThrough !== watermark.through) void loop.live(showStored)
    })
  }
  const publisher = new Publisher({
    timers,
    // Who has stood still may have an heir, and a ledger that has gone on without what he remembers.
    publish: () => deps.publish(id, deps.isSteady() ? committer.unconfirmed() : undefined),
    confirmed: (seq) => {
      committer.confirm(seq)
      tellStored()
    },
    failed: (error) => log('warn', { place: id, error: String(error) }, 'publishing failed'),
  })
  const loop: TurnLoop<P> = new TurnLoop<P>({
    place,
    key: id,
    epoch,
    committer,
    timers,
    now: () => clock.now(),
    apply: (p, event) => {
      stations.applying(p, event)
      model.apply(p, event)
      watermark.note(event)
    },
    due: rules.due,
    opened: () => stations.opened(),
    committed: (events) => {
      showStored()
      stations.committed(events)
    },
    effect: (effect) => stations.effect(effect),
    closed: (changed) => {
      if (changed) {
        snapshots.changed(committer.version)
        publisher.committed(committer.version, committer.confirmed)
      }
      stations.closed()
    },
    pace: () => stations.pace(),
    patience: () => stations.patience(),
    lost: (why) => {
      log('warn', { place: id, why, epoch }, 'the place is lost to this actor')
      stations.lost(why)
    },
    fault: (error, where) => stations.fault(error, where),
  })
  rules.markReturning(place, { now: clock.now() })
  showStored()
  return { place, epoch, refilled: claim.refilled === true, clock, committer, snapshots, publisher, watermark, loop }
}
