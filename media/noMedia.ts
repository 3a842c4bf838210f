import type { MediaPlace } from '#media/ports/media.ts'
import { limits } from '#schemas/limits.ts'
import { refuse } from '#schemas/refusals.ts'
import { noFigures } from './figures/mediaFigures.ts'
import type { Sfu } from './sfu.ts'

const nowhere: MediaPlace = {
  epoch: 0,
  size: 0,
  join: async () => refuse('unavailable'),
  request: async () => refuse('unavailable'),
  setPaused: async () => {},
  stop: () => {},
  closePeer: () => {},
  close: () => {},
}

/** A node without media: everybody is refused. */
export const noMedia = (why: 'no_worker' | 'off' | 'failed'): Sfu => ({
  unavailable: why,
  places: limits.mediaPlaces,
  figures: async () => noFigures,
  open: () => nowhere,
  close: async () => {},
})
