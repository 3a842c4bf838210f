/** What a member can publish: at most one of each. `screenAudio` goes beside `screen`, of the same owner (V3). */
export const mediaSources = ['microphone', 'camera', 'screen', 'screenAudio'] as const
export type MediaSource = (typeof mediaSources)[number]

export const kindOf = (source: MediaSource): 'audio' | 'video' =>
  source === 'microphone' || source === 'screenAudio' ? 'audio' : 'video'

/** What a member can be allowed or not: a screen goes with its sound. */
export const mediaKinds = ['microphone', 'camera', 'screen'] as const
export type MediaKind = (typeof mediaKinds)[number]
export const mediaKindOf = (source: MediaSource): MediaKind => (source === 'screenAudio' ? 'screen' : source)

/** When members may speak: always, outside focus only (T3), or never. Who leads the room always may. */
export const microphoneTimes = ['always', 'breaks', 'never'] as const
export type MicrophoneTimes = (typeof microphoneTimes)[number]

/** What the room allows its members (V7). */
export type MediaPolicy = {
  readonly microphones: MicrophoneTimes
  readonly cameras: boolean
  readonly screens: boolean
}
