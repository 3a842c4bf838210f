import { closeCodes } from '#schemas/closeCodes.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { PlaceView } from '../types.ts'

/** What a close code decides about this stay; null: nothing, so the client comes back by itself. */
export function afterClose(roomId: string, code: number): PlaceView | null {
  switch (code) {
    case closeCodes.takenOver:
      return { status: 'elsewhere', roomId }
    case closeCodes.kicked:
      return { status: 'removed', roomId, how: 'kicked' }
    case closeCodes.banned:
      return { status: 'removed', roomId, how: 'banned' }
    case closeCodes.leftGroup:
      return { status: 'refused', roomId, refusal: refuse('not_member') }
    case closeCodes.ended:
      return { status: 'ended', roomId }
    case closeCodes.signedOut:
      return { status: 'signedOut' }
    case closeCodes.outdated:
      return { status: 'outdated' }
    case closeCodes.flooding:
      return { status: 'refused', roomId, refusal: refuse('rate') }
    default:
      return null
  }
}

/** What a refusal on the way back decides. */
export function afterRefusal(roomId: string, refusal: Refusal): PlaceView {
  switch (refusal.refused) {
    case 'kicked':
    case 'banned':
      return { status: 'removed', roomId, how: refusal.refused }
    case 'gone':
    case 'not_found':
      return { status: 'ended', roomId }
    case 'unauthenticated':
      return { status: 'signedOut' }
    case 'outdated':
      return { status: 'outdated' }
    default:
      return { status: 'refused', roomId, refusal }
  }
}
