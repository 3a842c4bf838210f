import type { Handlers, Turns } from '#rooms/place/types.ts'
import type { RoomChange, roomMessages } from '#schemas/messages/study.ts'
import type { Refusal } from '#schemas/refusals.ts'
import { decideDelegate } from '../members/members.rules.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { decideChange, mayChange } from './room.rules.ts'

export type RoomDeps = {
  readonly hashPassword: (password: string) => Promise<string>
  readonly randomSeed: () => string
}

export const roomHandlers = (deps: RoomDeps): Handlers<typeof roomMessages, Turns<StudyPlace>> => ({
  'room.change': (who, change, turns) => changeRoom(turns, deps, who, change),
  'room.delegate': (who, { userId }, turns) =>
    turns.command((place, at) => decideDelegate(place, who.userId, userId, at)),
})

/** Changes facts, by message or by HTTP. A password is hashed outside the turn, and only for those who may set one. */
export async function changeRoom(
  turns: Turns<StudyPlace>,
  deps: RoomDeps,
  by: { userId: string; name: string },
  { password, ...change }: RoomChange,
): Promise<Record<never, never> | Refusal> {
  const refusal = mayChange(turns.place, by.userId)
  if (refusal) return refusal
  const passwordHash = typeof password === 'string' ? await deps.hashPassword(password) : password
  const seed = deps.randomSeed()
  return turns.command((place, at) => decideChange(place, by, { ...change, passwordHash, seed }, at))
}
