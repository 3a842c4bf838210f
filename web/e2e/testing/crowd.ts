import { createStudyHub } from '#client/createStudyHub.ts'
import { memoryStorage } from '#client/keyValue.ts'
import { cookieFetch } from '#client/testing/cookieFetch.ts'
import { signUpByMail } from '#client/testing/signUpByMail.ts'
import type { StudyHandle, StudyHub } from '#client/types.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { PASSWORD } from './Person.ts'

export type Guest = { readonly hub: StudyHub; readonly name: string }
let count = 0

/** Somebody who uses the same client core as the browser, without one: to fill rooms. */
export async function guest(origin: string, name: string): Promise<Guest> {
  count++
  const hub = createStudyHub({ origin, fetch: cookieFetch(), storage: memoryStorage() })
  const handle = `g${count}.${Date.now().toString(36)}`
  const answer = await signUpByMail(hub, { email: `${handle}@example.com`, password: PASSWORD, name, handle })
  if (isRefusal(answer)) throw new Error(`${name} cannot sign up: ${answer.refused}`)
  return { hub, name }
}

export async function opensRoom({ hub, name }: Guest, facts: Readonly<Record<string, unknown>>): Promise<string> {
  const answer = await hub.api.send<{ roomId: string }>('POST', '/api/rooms', facts)
  if (isRefusal(answer)) throw new Error(`${name} cannot open a room: ${answer.refused}`)
  return answer.roomId
}

export async function sitsDown({ hub, name }: Guest, roomId: string, password?: string): Promise<StudyHandle> {
  const place = await hub.enter(roomId, password === undefined ? {} : { password })
  if (place.status !== 'in') throw new Error(`${name} does not come in: ${JSON.stringify(place)}`)
  return place.room
}

/** Resolves when all that this room's member wrote has its number. */
export function allSent(room: StudyHandle): Promise<void> {
  const { view } = room.chat
  const done = () => view.get().messages.every((m) => m.delivery === 'sent' || m.delivery === 'stored')
  return new Promise((resolve) => {
    const look = () => {
      if (!done()) return
      stop()
      resolve()
    }
    const stop = view.subscribe(look)
    look()
  })
}
