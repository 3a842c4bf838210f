import { createStore } from '#client/store.ts'

/** What of voice and video is open on this page; outside the screens, so that moving between them changes none of it. */
export type MediaScreen = {
  /** The dialog of devices: on the way in, or later. */
  readonly devices: 'join' | 'later' | null
  /** Key of the tile that was chosen to be large. */
  readonly pinned: string | null
  /** The video that is in a window of its own. */
  readonly apart: { readonly userId: string; readonly source: 'camera' | 'screen' } | null
  /** The browser plays no sound before the page is clicked. */
  readonly silent: boolean
}
const closed: MediaScreen = { devices: null, pinned: null, apart: null, silent: false }

export const mediaScreen = createStore<MediaScreen>(closed)
export const showOfMedia = (part: Partial<MediaScreen>): void => mediaScreen.set({ ...mediaScreen.get(), ...part })
/** The place was left. */
export const closeMediaScreen = (): void => mediaScreen.set(closed)
