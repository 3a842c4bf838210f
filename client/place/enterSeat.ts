import type { Entered } from '#schemas/api/rooms.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { isRefusal, type Refusal, type RefusalCode, refuse } from '#schemas/refusals.ts'
import type { Link } from '../connection/link.ts'
import { openLink, warmUp } from '../connection/openLink.ts'
import type { HubSetup } from '../options.ts'
import type { Api } from '../types.ts'

/** A seat is taken within this time or asked for anew. */
const TAKE_MS = 6_000

/** Not a decision about this user: trying again may help. */
const passing: ReadonlySet<RefusalCode> = new Set([
  'unavailable',
  'stale',
  'draining',
  'frozen',
  'fault',
  'rate',
  'taken_over',
])
export const isPassing = (refusal: Refusal): boolean => passing.has(refusal.refused)

/** Asks the API for a seat and takes it. A seat that could not be taken is `unavailable`, with the close code. */
export async function enterSeat<Shape, State>(
  setup: HubSetup,
  api: Api,
  path: string,
  password: string | undefined,
): Promise<Link<Shape, State> | Refusal> {
  const body = { device: setup.device, ...(password === undefined ? {} : { password }) }
  warmUp()
  const entered = await api.send<Entered>('POST', path, body)
  if (isRefusal(entered)) return entered
  const opened = await openLink<Shape, State>(setup.origin, entered.seat, null, TAKE_MS, setup.timers)
  if ('link' in opened) return opened.link
  return opened.failed === closeCodes.outdated ? refuse('outdated') : refuse('unavailable', { closed: opened.failed })
}
