import { isRefusal, type Refusal, type RefusalCode, refuse } from '#schemas/refusals.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import { backoffMs } from '../backoff.ts'
import type { HubSetup } from '../options.ts'
import { isPassing } from '../place/enterSeat.ts'
import { TimerGroup } from '../timers.ts'
import type { StudyRequest } from '../types.ts'
import type { MediaSession } from './mediaSession.ts'

/** What may come of a node, a worker or a seat that is just beginning anew is asked again for so long. */
const SETTLING_MS = 30_000
/** Out in state for so long is out: a join that was repeated shows it for a moment. */
const OUT_MS = 2_000
/** Decisions about this person or this room: trying again changes nothing. */
const decided: ReadonlySet<RefusalCode> = new Set([
  'full',
  'forbidden',
  'not_allowed',
  'muted',
  'banned',
  'kicked',
  'unauthenticated',
  'outdated',
])
/** A session that held for so long makes the next loss a first one. */
const HELD_MS = 15_000

/** mediasoup-client comes with the first join (UX: the first load). */
const loadSession = () =>
  import('./mediaSession.ts').then(
    (m) => m.MediaSession,
    () => null,
  )

export type StayDeps = {
  readonly setup: HubSetup
  readonly me: string
  readonly request: StudyRequest
  state(): StudyState
  changed(): void
  /** A session has opened, the first or another. */
  opened(session: MediaSession): void
  /** The session is lost; another one is being opened. */
  gone(): void
  /** Out, for whatever reason. */
  ended(): void
}

/**
 * Being in the room's media: joining, noticing that all is lost (another epoch, another connection, out in state, ICE given
 * up), joining again until it works (V5), leaving. Each join and leave makes what was under way before it void.
 */
export class Stay {
  status: 'out' | 'joining' | 'in' | 'reconnecting' = 'out'
  refused: Refusal | null = null
  session: MediaSession | null = null
  /** Rises when one comes in or is out; not when a session is lost and another opens. */
  visit = 0
  /** Lost, but its tracks are still shown. */
  #old: MediaSession | null = null
  readonly #deps: StayDeps
  readonly #timers: TimerGroup
  /** What was begun under another number is void. */
  #number = 0
  #joining: Promise<Refusal | null> | null = null
  #connection = ''
  /** Of the session: its connection; the epoch before it; whether state has shown it. */
  #of = { connection: '', before: 0, epochSeen: false, inSeen: false }
  #losses = 0
  #cancelHeld = () => {}
  #cancelOut: (() => void) | null = null

  constructor(deps: StayDeps) {
    this.#deps = deps
    this.#timers = new TimerGroup(deps.setup.timers)
  }

  join(): Promise<Refusal | null> {
    if (this.status === 'in' || this.status === 'reconnecting') return Promise.resolve(null)
    if (this.status === 'joining' && this.#joining) return this.#joining
    this.#joining = this.#join()
    return this.#joining
  }

  leave(): void {
    if (this.status === 'out') return
    this.#end(null)
  }

  close(): void {
    this.#timers.close()
  }

  attach(connection: string): void {
    this.#connection = connection
  }

  /** What state says of the session (I13). */
  patched(): void {
    const { session } = this
    if (!session) return
    const { media, members } = this.#deps.state()
    const of = this.#of
    const seen = media.epoch === session.epoch
    const inMedia = members.get(this.#deps.me)?.inMedia ?? false
    const otherEpoch = !seen && (of.epochSeen || media.epoch !== of.before)
    if (of.connection !== this.#connection || otherEpoch) {
      this.lost(session)
      return
    }
    this.#of = { ...of, epochSeen: seen, inSeen: of.inSeen || inMedia }
    if (inMedia) this.#stillIn()
    else if (of.inSeen) this.#cancelOut ??= this.#timers.after(OUT_MS, () => this.lost(session))
  }

  #stillIn(): void {
    this.#cancelOut?.()
    this.#cancelOut = null
  }

  /** This session is of no use any more. */
  lost(session: MediaSession): void {
    if (session !== this.session) return
    this.session = null
    this.#cancelHeld()
    this.#stillIn()
    session.retire()
    this.#old?.close()
    this.#old = session
    this.status = 'reconnecting'
    this.#deps.gone()
    this.#deps.changed()
    void this.#comeBack()
  }

  /** What was received by the session of before is received by this one now. */
  replaced(): void {
    this.#old?.close()
    this.#old = null
  }

  async #join(): Promise<Refusal | null> {
    const number = ++this.#number
    this.visit++
    this.status = 'joining'
    this.refused = null
    this.#losses = 0
    this.#deps.changed()
    const refused = await this.#open(number)
    if (refused && number === this.#number) this.#end(refused)
    return refused
  }

  async #comeBack(): Promise<void> {
    const number = ++this.#number
    const since = this.#timers.mono()
    for (;;) {
      if (this.#losses++ > 0) await this.#timers.sleep(backoffMs(this.#losses - 1, this.#deps.setup.random))
      if (number !== this.#number) return
      const refused = await this.#open(number)
      if (!refused || number !== this.#number) return
      const settling = this.#timers.mono() - since < SETTLING_MS && !decided.has(refused.refused)
      const mayPass = isPassing(refused) || settling
      if (!mayPass) return this.#end(refused)
    }
  }

  /** Null: a session is open. */
  async #open(number: number): Promise<Refusal | null> {
    const Session = await loadSession()
    if (!Session) return refuse('unavailable')
    if (number !== this.#number) return refuse('gone')
    const connection = this.#connection
    const before = this.#deps.state().media.epoch
    const { setup, request, changed } = this.#deps
    const opened: { session?: MediaSession } = {}
    const session = await Session.open({
      request,
      timers: setup.timers,
      handler: setup.media.handler,
      changed: () => this.#health(),
      lost: () => opened.session && this.lost(opened.session),
    })
    if (isRefusal(session)) return session
    if (number !== this.#number) {
      session.close()
      return refuse('gone')
    }
    opened.session = session
    this.session = session
    this.#of = { connection, before, epochSeen: false, inSeen: false }
    this.status = 'in'
    this.#cancelHeld = this.#timers.after(HELD_MS, () => {
      this.#losses = 0
    })
    this.#deps.opened(session)
    changed()
    this.patched()
    return null
  }

  /** While a transport is away the person is told, though the session stands. */
  #health(): void {
    if (!this.session) return
    this.status = this.session.well ? 'in' : 'reconnecting'
    this.#deps.changed()
  }

  #end(refused: Refusal | null): void {
    this.#number++
    this.visit++
    this.#cancelHeld()
    this.#stillIn()
    const { session } = this
    this.session = null
    session?.close()
    this.replaced()
    this.status = 'out'
    this.refused = refused
    this.#deps.ended()
    this.#deps.changed()
  }
}
