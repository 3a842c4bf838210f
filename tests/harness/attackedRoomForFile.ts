import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { AttackedRoom } from './AttackedRoom.ts'

/** An attacked room for the file's tests; after each of them it goes on for all others. */
export function attackedRoomForFile(): () => AttackedRoom {
  // A broken server answers nothing: that is found out soon.
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
  let place: AttackedRoom | undefined
  beforeAll(async () => {
    place = await AttackedRoom.open()
  })
  afterEach(() => place?.goesOn())
  afterAll(() => place?.server.stop())
  return () => {
    if (!place) throw new Error('the room opens before the first test')
    return place
  }
}
