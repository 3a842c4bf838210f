import type { MediaSource } from '#schemas/media/sources.ts'
import type { MediaEvent } from '#schemas/messages/media.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import type { HubSetup } from '../options.ts'
import { createStore } from '../store.ts'
import { TimerGroup } from '../timers.ts'
import type { Store, StudyRequest } from '../types.ts'
import { DeviceKeeper } from './deviceKeeper.ts'
import { DeviceSources } from './deviceSources.ts'
import type { MediaSession } from './mediaSession.ts'
import type { Own } from './ownSource.ts'
import { OwnSources } from './ownSources.ts'
import { QualityWatch } from './quality.ts'
import { RemoteSources } from './remoteSources.ts'
import { kept } from './remoteView.ts'
import { ScreenShare } from './screenShare.ts'
import { Stay } from './stay.ts'
import {
  type DeviceFailure,
  type DeviceKind,
  isDeviceFailure,
  type Looking,
  type MediaHandle,
  type MediaView,
} from './types.ts'

export type MediaDeps = {
  readonly setup: HubSetup
  readonly me: string
  readonly request: StudyRequest
  state(): StudyState
}

/** What media needs of a connection. */
export type MediaLink = {
  readonly sessionId: string
  onPush<T>(type: string, seen: (body: T) => void): void
}

const out: MediaView = {
  status: 'out',
  refused: null,
  own: [],
  remote: [],
  deafened: false,
  failures: {},
  acted: null,
}

/** The media of one stay in a room, over all its connections and all sessions with the SFU. */
export class RoomMedia implements MediaHandle {
  readonly view: Store<MediaView>
  readonly #store = createStore<MediaView>(out)
  readonly #deps: MediaDeps
  readonly #timers: TimerGroup
  readonly #devices: DeviceKeeper
  readonly #own: OwnSources
  readonly #remote: RemoteSources
  readonly #screen: ScreenShare
  readonly #sources: DeviceSources
  readonly #stay: Stay
  readonly #quality: QualityWatch
  readonly #stopNetwork: () => void
  #deafened = false
  #failures: MediaView['failures'] = {}
  #acted: MediaView['acted'] = null
  #closed = false

  constructor(deps: MediaDeps) {
    this.view = this.#store
    this.#deps = deps
    const { setup, request } = deps
    this.#timers = new TimerGroup(setup.timers)
    this.#devices = new DeviceKeeper(setup.media, setup.storage)
    const changed = () => this.#publish()
    this.#own = new OwnSources({
      request,
      timers: this.#timers,
      shown: (source) => {
        const me = deps.state().members.get(deps.me)
        return { producer: me?.producers.get(source), muted: me?.micMuted ?? false }
      },
      changed,
      ended: (own) => void this.#ended(own),
      refused: (own) => this.#lost(own),
    })
    this.#remote = new RemoteSources({
      ...deps,
      timers: setup.timers,
      deafened: () => this.#deafened,
      changed,
      lost: (session) => this.#stay.lost(session),
      replaced: () => this.#stay.replaced(),
    })
    this.#screen = new ScreenShare({
      ...deps,
      platform: setup.media,
      own: this.#own,
      join: () => this.join(),
      visit: () => this.#stay.visit,
    })
    this.#sources = new DeviceSources({
      devices: this.#devices,
      own: this.#own,
      join: () => this.join(),
      visit: () => this.#stay.visit,
      opened: (kind, failure) => this.#note(kind, failure),
    })
    this.#stay = new Stay({
      ...deps,
      changed,
      opened: (session) => void this.#opened(session),
      gone: () => {
        this.#remote.hold()
        this.#own.use(null)
      },
      ended: () => this.#stopAll(),
    })
    this.#quality = new QualityWatch(setup.timers, () => this.#stay.session?.stats() ?? Promise.resolve([]))
    this.#stopNetwork = setup.media.onNetworkChange(() => this.#stay.session?.networkChanged())
  }

  get devices() {
    return this.#devices.view
  }
  get quality() {
    return this.#quality.view
  }

  async join(): Promise<Refusal | null> {
    return this.#closed ? refuse('unavailable') : this.#stay.join()
  }

  async leave(): Promise<void> {
    const { request } = this.#deps
    if (this.#stay.status === 'out') return
    const shared = this.#own.get('screen') !== undefined
    this.#stay.leave()
    const said = [request('media.leave', {}), ...(shared ? [request('screen.release', {})] : [])]
    await Promise.all(said)
  }

  setMicrophone(on: boolean): Promise<Refusal | DeviceFailure | null> {
    return this.#sources.setMicrophone(on)
  }

  setCamera(on: boolean): Promise<Refusal | DeviceFailure | null> {
    return this.#sources.setCamera(on)
  }

  async shareScreen(options: { detail: 'text' | 'motion'; sound: boolean }): Promise<Refusal | DeviceFailure | null> {
    const outcome = await this.#screen.share(options)
    this.#note('screen', isDeviceFailure(outcome) ? outcome : null)
    return outcome
  }

  stopScreen(): Promise<void> {
    return this.#screen.stop()
  }

  async setDeafened(on: boolean): Promise<void> {
    this.#deafened = on
    this.#remote.retune()
    this.#publish()
    if (this.#stay.session) await this.#deps.request('media.setDeafened', { on })
  }

  talk(on: boolean): void {
    void this.setMicrophone(on)
  }

  look(userId: string, source: MediaSource, looking: Looking): void {
    this.#remote.look(userId, source, looking)
  }

  choose(kind: DeviceKind, deviceId: string): Promise<DeviceFailure | null> {
    return this.#sources.choose(kind, deviceId)
  }

  tryOut(kind: 'microphone' | 'camera'): Promise<MediaStreamTrack | DeviceFailure> {
    return this.#devices.open(kind)
  }

  /** A new connection, with its whole first state. */
  attach(link: MediaLink): void {
    link.onPush<MediaEvent>('media.event', (event) => this.#heard(event))
    this.#stay.attach(link.sessionId)
    this.patched()
  }

  patched(): void {
    if (this.#stay.status === 'out') return
    this.#stay.patched()
    if (!this.#stay.session) return
    this.#own.patched()
    this.#screen.patched()
    this.#remote.patched()
    this.#publish()
  }

  /** This stay in the room is over; the SFU learns it from the room. */
  close(): void {
    this.#closed = true
    this.#stay.leave()
    this.#stay.close()
    this.#stopNetwork()
    this.#devices.close()
    this.#quality.close()
    this.#timers.close()
  }

  async #opened(session: MediaSession): Promise<void> {
    this.#remote.use(session)
    if (this.#deafened) void this.#deps.request('media.setDeafened', { on: true })
    await this.#screen.reclaim()
    if (session === this.#stay.session) this.#own.use(session)
  }

  /** A device was pulled, or the browser's own button stopped the screen. */
  async #ended(own: Own): Promise<void> {
    const { source } = own.wish
    if (source === 'screen') return this.#screen.stop()
    if (source === 'screenAudio') return this.#own.stop(source)
    return this.#sources.ended(source, own)
  }

  /** The room lets it be published no more. */
  #lost(own: Own): void {
    this.#own.gone(own)
    if (own.wish.source === 'screen') void this.#screen.stop()
  }

  #heard(event: MediaEvent): void {
    switch (event.kind) {
      case 'producerScore': {
        const own = this.#own.get(event.source)
        if (own) own.score = event.score
        break
      }
      case 'muted':
      case 'stopped': {
        const { kind: act, source, by, byName } = event
        this.#acted = { n: (this.#acted?.n ?? 0) + 1, act, source, by, byName }
        if (act === 'muted') this.#own.get(source)?.silenced()
        else void this.#own.stop(source, false)
        break
      }
      default:
        this.#remote.heard(event)
        return
    }
    this.#publish()
  }

  #note(source: MediaSource, failure: DeviceFailure | null): void {
    const { [source]: _, ...others } = this.#failures
    this.#failures = failure ? { ...others, [source]: failure } : others
    this.#publish()
  }

  #stopAll(): void {
    this.#own.stopAll()
    this.#remote.close()
    this.#deafened = false
    this.#publish()
  }

  #publish(): void {
    const before = this.#store.get()
    const { status, refused } = this.#stay
    const next: MediaView = {
      status,
      refused,
      own: kept(before.own, this.#own.shown),
      remote: status === 'out' ? [] : kept(before.remote, this.#remote.show()),
      deafened: this.#deafened,
      failures: this.#failures,
      acted: this.#acted,
    }
    const [unchanged] = kept([before], [next])
    if (unchanged) this.#store.set(unchanged)
  }
}
