import type { Media } from '#media/ports/media.ts'
import type { MediaFigures } from './figures/mediaFigures.ts'

/** The media of a node, with what operators watch. */
export interface Sfu extends Media {
  figures(): Promise<MediaFigures>
}
