import type { Decision, Effect, Moment } from '#rooms/place/types.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import type { EventData, NewEvent } from '#schemas/events/catalogue.ts'
import type { InboxItem } from '#schemas/messages/inbox.ts'
import type { RoomChange } from '#schemas/messages/study.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { changeAttest } from '../attest/attest.rules.ts'
import { changeMedia } from '../media/media.rules.ts'
import { departures } from '../members/departure.ts'
import { leads } from '../members/roles.ts'
import { nextPolicy } from '../stage/stage.rules.ts'
import type { StudyPlace } from '../studyPlace.ts'

/** What a room is made of; the password is hashed already. */
export type RoomFacts = Omit<EventData<'room.created'>, 'owner' | 'ownerName'>
/** A change with the password hashed already: null removes it, absent leaves it. */
export type HashedChange = Omit<RoomChange, 'password'> & {
  passwordHash?: string | null | undefined
  /** What presence checks are drawn from, should they begin. */
  seed?: string | undefined
}
type Person = { readonly userId: string; readonly name: string }

/** Creates the room, once. The creator is its owner, before he has joined. */
export function decideCreate(place: StudyPlace, owner: Person, facts: RoomFacts, _at: Moment): Decision {
  if (place.hidden.ended) return refuse('gone')
  if (place.state.owner !== '') return refuse('conflict')
  const { kind, name, level, tags, capacity, notice, passwordHash, group } = facts
  const data = { kind, name, level, tags, capacity, notice, passwordHash, owner: owner.userId, ownerName: owner.name }
  const ofGroup = group === undefined ? {} : { group }
  return { events: [{ type: 'room.created', data: { ...data, ...ofGroup } }], reply: {} }
}

/** Whether somebody may change the room's facts: owner and moderators, present or not (R5). */
export function mayChange(place: StudyPlace, userId: string): Refusal | null {
  if (place.hidden.ended) return refuse('gone')
  if (place.state.owner === '') return refuse('not_found')
  return leads(place, userId) ? null : refuse('forbidden')
}

/** All that differs, in one event (a new notice is its own, and so is what the phase does). Presence checks are the owner's. */
export function decideChange(place: StudyPlace, by: Person, change: HashedChange, _at: Moment): Decision {
  const { state, hidden } = place
  const refusal = mayChange(place, by.userId)
  if (refusal) return refusal
  const { name, level, tags, capacity, locked, passwordHash, notice } = change
  const present = state.members.size
  if (capacity !== undefined && capacity !== state.capacity && capacity < present)
    return refuse('below_present', { present })
  const data: EventData<'room.changed'> = {
    ...(name !== undefined && name !== state.name ? { name } : {}),
    ...(level !== undefined && level !== state.level ? { level } : {}),
    ...(tags !== undefined && JSON.stringify(tags) !== JSON.stringify([...state.tags]) ? { tags } : {}),
    ...(capacity !== undefined && capacity !== state.capacity ? { capacity } : {}),
    ...(locked !== undefined && locked !== state.locked ? { locked } : {}),
    ...(passwordHash !== undefined && passwordHash !== hidden.passwordHash ? { passwordHash } : {}),
  }
  const events: NewEvent[] = []
  if (Object.keys(data).length > 0) events.push({ type: 'room.changed', data })
  if (notice !== undefined && notice !== state.notice)
    events.push({ type: 'room.noticed', data: { text: notice, by: by.userId, byName: by.name } })
  const policy = change.stage && nextPolicy(place, change.stage)
  if (policy) events.push({ type: 'stage.set', data: { ...policy, by: by.userId } })
  if (change.media) events.push(...changeMedia(place, by.userId, change.media))
  const attest = change.attest && changeAttest(place, by.userId, change.attest, change.seed ?? '')
  if (attest && state.owner !== by.userId) return refuse('forbidden')
  if (attest) events.push(...attest)
  return events.length > 0 ? { events, reply: {} } : refuse('nothing_to_do')
}

/** Ends the room for good, with everybody in it; its owner only. */
export function decideEnd(place: StudyPlace, userId: string, { now }: Moment): Decision {
  const { state, hidden } = place
  if (hidden.ended) return refuse('gone')
  if (state.owner === '') return refuse('not_found')
  if (state.owner !== userId) return refuse('forbidden')
  const everybody = [...state.members.keys()]
  const ended: InboxItem = { kind: 'roomEnded', roomId: state.id, roomName: state.name }
  const after = everybody.flatMap((id): Effect[] => [
    ...(id === userId ? [] : [{ do: 'tell', userId: id, item: ended } as const]),
    { do: 'close', userId: id, code: closeCodes.ended, reason: 'ended' },
  ])
  const left = departures(place, new Map(everybody.map((id) => [id, 'left'])), now)
  return { events: [...left, { type: 'room.ended', data: {} }], reply: {}, after }
}
