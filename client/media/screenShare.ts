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
  join(): Promise<Refusal | null>
  /** Rises when one comes into the media or is out of it. */
  visit(): number
  state(): StudyState
}
type Options = { readonly detail: 'text' | 'motion'; readonly sound: boolean }

/** Sharing a screen: the browser's picker, the room's one screen (SCREEN-1), the tracks, and back. */
export class ScreenShare {
  readonly #deps: ScreenDeps
  /** State has shown me as the owner: from then on another owner, or none, ends it. */
  #ownerSeen = false
  #starting = false
  #stops = 0

  constructor(deps: ScreenDeps) {
    this.#deps = deps
  }

  /** The picker comes first: browsers open it only right after a click. One at a time. */
  async share(options: Options): Promise<Refusal | DeviceFailure | null> {
    const owner = this.#owner
    if (owner !== '' && owner !== this.#deps.me) return refuse('screen_taken', { owner })
    if (this.#starting) return null
    this.#starting = true
    const outcome = await this.#start(options)
    this.#starting = false
    return outcome
  }

  async #start(options: Options): Promise<Refusal | DeviceFailure | null> {
    const { platform, request, own, join, visit } = this.#deps
    const stops = this.#stops
    const picked = await pickScreen(platform, options.detail, options.sound)
    if (picked === null || isDeviceFailure(picked)) return picked
    const joined = await join()
    if (joined) return undo(picked, joined)
    const visited = visit()
    const claimed = await request('screen.claim', {})
    if (isRefusal(claimed)) return undo(picked, claimed)
    if (visited !== visit() || stops !== this.#stops) {
      // Stopped meanwhile, and the release may have come before the claim.
      if (!own.get('screen')) void request('screen.release', {})
      return undo(picked, null)
    }
    this.#ownerSeen = this.#owner === this.#deps.me
    return this.#publish(picked, options.detail)
  }

  /** Idempotent. */
  async stop(): Promise<void> {
    this.#stops++
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
      this.#stops++
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
