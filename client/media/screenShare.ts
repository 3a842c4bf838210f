import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import type { StudyRequest } from '../types.ts'
import type { OwnSources } from './ownSources.ts'
import type { MediaPlatform } from './platform.ts'
import { type Picked, pickScreen } from './screenPicker.ts'
import { type DeviceFailure, isDeviceFailure } from './types.ts'

export type ScreenDeps = {
  readonly me: string
  readonly request: StudyRequest
  readonly platform: MediaPlatform
  readonly own: OwnSources
  state(): StudyState
}
type Options = { readonly detail: 'text' | 'motion'; readonly sound: boolean }

/** Sharing a screen: the browser's picker, the room's one screen (SCREEN-1), the tracks, and back. */
export class ScreenShare {
  readonly #deps: ScreenDeps
  /** State has shown me as the owner: from then on another owner, or none, ends it. */
  #ownerSeen = false
  #sharing = 0

  constructor(deps: ScreenDeps) {
    this.#deps = deps
  }

  /** The picker comes first: browsers open it only right after a click. */
  async share(options: Options, join: () => Promise<Refusal | null>): Promise<Refusal | DeviceFailure | null> {
    const { platform, request } = this.#deps
    const owner = this.#owner
    if (owner !== '' && owner !== this.#deps.me) return refuse('screen_taken', { owner })
    const sharing = ++this.#sharing
    const picked = await pickScreen(platform, options.detail, options.sound)
    if (picked === null || isDeviceFailure(picked)) return picked
    const joined = await join()
    if (joined) return undo(picked, joined)
    const claimed = await request('screen.claim', {})
    if (isRefusal(claimed)) return undo(picked, claimed)
    if (sharing !== this.#sharing) return undo(picked, null)
    this.#ownerSeen = this.#owner === this.#deps.me
    return this.#publish(picked, options.detail)
  }

  /** Idempotent. */
  async stop(): Promise<void> {
    this.#sharing++
    const { own, request, me } = this.#deps
    const shared = own.get('screen') !== undefined || this.#owner === me
    await Promise.all([own.stop('screen'), own.stop('screenAudio')])
    if (shared) await request('screen.release', {})
  }

  /** Before producing again: a room that came back without its live parts has no owner of the screen. */
  async reclaim(): Promise<void> {
    if (!this.#deps.own.get('screen')) return
    this.#ownerSeen = false
    if (this.#owner === '') await this.#deps.request('screen.claim', {})
  }

  patched(): void {
    const { own, me } = this.#deps
    if (!own.get('screen')) return
    if (this.#owner === me) this.#ownerSeen = true
    else if (this.#ownerSeen) {
      this.#sharing++
      void own.stop('screen')
      void own.stop('screenAudio')
    }
  }

  get #owner(): string {
    return this.#deps.state().screen.owner
  }

  async #publish({ screen, sound }: Picked, detail: 'text' | 'motion'): Promise<Refusal | null> {
    const { own } = this.#deps
    const refused = await own.start({ source: 'screen', detail }, screen)
    if (refused) {
      sound?.stop()
      await this.stop()
      return refused
    }
    // A picture without its sound is better than none.
    if (sound) await own.start({ source: 'screenAudio' }, sound)
    return null
  }
}

function undo<T>({ screen, sound }: Picked, answer: T): T {
  screen.stop()
  sound?.stop()
  return answer
}
