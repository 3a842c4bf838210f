import { Client, type Room } from '@colyseus/sdk'
import type { Entered } from '#schemas/api/rooms.ts'
import type { StudyShape } from '#schemas/roomShapes.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import type { Person } from './person.ts'

export type Sitting = Room<StudyShape, StudyState>

/** Takes a seat in a study room and waits for the first state. */
export async function sit(person: Person, roomId: string): Promise<Sitting> {
  const answer = await person.post(`/api/rooms/${roomId}/enter`)
  if (answer.status !== 200) throw new Error(`enter: ${answer.status} ${JSON.stringify(answer.body)}`)
  const sdk = new Client(person.url.replace('http', 'ws'))
  const { publicAddress, ...seat } = (answer.body as Entered).seat
  const room: Sitting = await sdk.consumeSeatReservation({ ...seat, ...(publicAddress ? { publicAddress } : {}) })
  if (room.state.members === undefined || room.state.members.size === 0)
    await new Promise<void>((resolve) => room.onStateChange.once(() => resolve()))
  return room
}
