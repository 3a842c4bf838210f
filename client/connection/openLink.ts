import type { Timers } from '../timers.ts'
import { type Seat, SILENT } from './link.ts'
import type { Opened } from './takeSeat.ts'

const load = () => import('./takeSeat.ts')

/** Begins to load what a connection is made with, for who will open one soon. Never throws. */
export const warmUp = (): void => void load().catch(() => {})

/**
 * `takeSeat`, whose code (the SDK, a good part of the first load) comes when it is first needed: a visitor who only looks at
 * the lobby never loads it. Code that cannot be loaded is a connection that could not be opened.
 */
export async function openLink<Shape, State>(
  origin: string,
  seat: Seat,
  token: string | null,
  limitMs: number,
  timers: Timers,
): Promise<Opened<Shape, State>> {
  const code = await load().catch(() => null)
  return code ? code.takeSeat<Shape, State>(origin, seat, token, limitMs, timers) : { failed: SILENT }
}
