import { kindOf, type MediaSource } from '#schemas/media/sources.ts'
import type { Looking } from './types.ts'

/** What the SFU is asked to send of one consumer. */
export type Asked = {
  readonly paused: boolean
  readonly spatial?: number
  readonly temporal?: number
  readonly priority?: number
}

const camera: Readonly<Record<Exclude<Looking, 'hidden'>, Asked>> = {
  small: { paused: false, spatial: 0, temporal: 1, priority: 50 },
  medium: { paused: false, spatial: 1, temporal: 2, priority: 100 },
  large: { paused: false, spatial: 2, temporal: 2, priority: 180 },
}

/** A screen is there to be read: before any face, and whole as soon as it is more than a thumbnail. */
const screen: typeof camera = {
  small: { paused: false, spatial: 0, temporal: 0, priority: 100 },
  medium: { paused: false, spatial: 2, temporal: 2, priority: 220 },
  large: { paused: false, spatial: 2, temporal: 2, priority: 255 },
}

/** What is asked for a source by how it is looked at, or listened to. `type`: of the consumer; one without layers has none to choose. */
export function askedOf(source: MediaSource, looking: Looking, deafened: boolean, type: string): Asked {
  if (kindOf(source) === 'audio') return { paused: deafened }
  if (looking === 'hidden') return { paused: true }
  const asked = (source === 'screen' ? screen : camera)[looking]
  return type === 'simple' ? { paused: false, priority: asked.priority ?? 100 } : asked
}

export const sameAsked = (a: Asked | undefined, b: Asked | undefined): boolean =>
  a?.paused === b?.paused && a?.spatial === b?.spatial && a?.temporal === b?.temporal && a?.priority === b?.priority
