import { Client } from '@colyseus/sdk'
import type { Entered } from '#schemas/api/rooms.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { isRefusal, type Refusal, type RefusalCode, refuse } from '#schemas/refusals.ts'
import type { StudyState } from '#schemas/state/studyState.ts'
import { codeOf, type Person } from '#server/testing/person.ts'
import type { Sitting } from '#server/testing/sit.ts'

export type Ticket = Entered['seat']

export async function createRoom(person: Person, facts: Record<string, unknown> = {}): Promise<string> {
  const answer = await person.post('/api/rooms', { name: 'Proof', ...facts })
  if (answer.status !== 201) throw new Error(`create: ${answer.status} ${JSON.stringify(answer.body)}`)
  return (answer.body as { roomId: string }).roomId
}

/** The HTTP half of entering. */
export async function askSeat(person: Person, roomId: string, password?: string): Promise<Ticket | Refusal> {
  const answer = await person.post(`/api/rooms/${roomId}/enter`, password === undefined ? {} : { password })
  return answer.status === 200 ? (answer.body as Entered).seat : refuse(codeOf(answer) as RefusalCode)
}

/** The socket half: takes a seat, with a token returns to it; resolves with the first whole state, or the room's refusal. */
export async function takeSeat(url: string, seat: Ticket, token?: string): Promise<Sitting | Refusal> {
  const reservation = { ...seat, ...(token === undefined ? {} : { reconnectionToken: token }) }
  try {
    // The SDK's type asks for fields of its own matchmaking, and knows the state only.
    const room = (await new Client(url.replace('http', 'ws')).consumeSeatReservation<StudyState>(
      reservation as never,
    )) as unknown as Sitting
    room.reconnection.enabled = false
    if (room.state.members === undefined || room.state.members.size === 0)
      return await new Promise<Sitting | Refusal>((resolve, reject) => {
        room.onStateChange.once(() => resolve(room))
        // A newer connection of the same user may end this one before its first state.
        room.onLeave.once((code) =>
          code === closeCodes.takenOver ? resolve(refuse('taken_over')) : reject(new Error(`closed by ${code}`)),
        )
      })
    return room
  } catch (error) {
    const { message } = error as Error
    if (message.startsWith('{')) return JSON.parse(message) as Refusal
    throw error
  }
}

export async function trySit(person: Person, roomId: string, url = person.url): Promise<Sitting | Refusal> {
  const seat = await askSeat(person, roomId)
  return isRefusal(seat) ? seat : takeSeat(url, seat)
}

export async function mustSit(person: Person, roomId: string, url = person.url): Promise<Sitting> {
  const room = await trySit(person, roomId, url)
  if (isRefusal(room)) throw new Error(`refused: ${JSON.stringify(room)}`)
  return room
}

/** The close code by which a connection ends. */
export const closeOf = (room: Sitting): Promise<number> => new Promise((resolve) => room.onLeave.once(resolve))

/** Resolves when the decoded state is as wanted. */
export function shows(room: Sitting, wanted: (state: StudyState) => boolean): Promise<void> {
  if (wanted(room.state)) return Promise.resolve()
  return new Promise((resolve) => {
    const look = (state: StudyState) => {
      if (!wanted(state)) return
      room.onStateChange.remove(look)
      resolve()
    }
    room.onStateChange(look)
  })
}

let said = 0
/** A message that no outbox has sent before. */
export const words = (text: string) => ({ outbox: `proof${++said}`, n: 1, text, mentions: [] })
