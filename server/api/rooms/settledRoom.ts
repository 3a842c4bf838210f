import { setTimeout as sleep } from 'node:timers/promises'
import { roomById } from '#persistence/database/rooms/findRooms.ts'
import type { Room } from '#persistence/database/rooms/room.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import type { ApiDeps } from '../apiDeps.ts'

const PATIENCE_MS = 2000

/**
 * A room's row. A room that was created a moment ago may not have one yet: the read models are waited for, but not longer
 * than 2 s (then `unavailable`). `gone`: it has ended; `not_found`: there never was one.
 */
export async function settledRoom(
  { db, ledger, readModels }: Pick<ApiDeps, 'db' | 'ledger' | 'readModels'>,
  roomId: string,
): Promise<Room | Refusal> {
  let room = await roomById(db, roomId)
  if (room === null && (await ledger.exists(roomId))) {
    await settled(readModels)
    room = await roomById(db, roomId)
    if (room === null) return refuse('unavailable')
  }
  if (room === null) return refuse('not_found')
  return room.endedAt === null ? room : refuse('gone')
}

/** Waits until the caller would read what he has just written, but not longer than 2 s. */
export async function settled(readModels: Pick<ApiDeps['readModels'], 'caughtUp'>): Promise<void> {
  await Promise.race([readModels.caughtUp(), sleep(PATIENCE_MS, undefined, { ref: false })])
}
