import type { Decision, Moment, Who } from '#rooms/place/types.ts'
import type { NewEvent } from '#schemas/events/catalogue.ts'
import type { Payload } from '#schemas/messages/catalogue.ts'
import type { screenMessages } from '#schemas/messages/study.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { isBarred } from '../media/isBarred.ts'
import { leads } from '../members/roles.ts'
import { moderates, present } from '../standing.ts'
import type { StudyPlace } from '../studyPlace.ts'

type Of<K extends keyof typeof screenMessages> = Payload<typeof screenMessages, K>
const nothing: Decision = { events: [], reply: {} }

/** Takes the screen while nobody has it (V3). */
export function decideClaim(place: StudyPlace, who: Who, _: Of<'screen.claim'>, _at: Moment): Decision {
  const { owner } = place.state.screen
  if (owner !== '' && owner === who.userId) return nothing
  const no = mayNotShow(place, who.userId)
  if (no) return no
  if (owner !== '') return refuse('screen_taken', { owner })
  return claimed(who.userId, 'claimed')
}

export function decideRelease(place: StudyPlace, who: Who, _: Of<'screen.release'>, _at: Moment): Decision {
  const { owner } = place.state.screen
  if (owner === '') return nothing
  if (owner !== who.userId) return refuse('forbidden')
  return { events: [{ type: 'screen.released', data: { userId: who.userId } }], reply: {} }
}

/** Asks the owner for the screen, or takes that back. Asking for a free screen is refused: it can be claimed. */
export function decideRequest(place: StudyPlace, who: Who, { on }: Of<'screen.request'>, _at: Moment): Decision {
  const { owner, requests } = place.state.screen
  if (!present(place, who.userId)) return refuse('not_present')
  if (requests.includes(who.userId) === on) return nothing
  const event: NewEvent = { type: 'screen.requested', data: { userId: who.userId, on } }
  if (!on) return { events: [event], reply: {} }
  const no = mayNotShow(place, who.userId)
  if (no) return no
  if (owner === '') return refuse('nothing_to_do')
  if (owner === who.userId) return refuse('is_owner')
  const item = { kind: 'screenAsked', roomId: place.state.id, by: who.userId, byName: who.name } as const
  return { events: [event], reply: {}, after: [{ do: 'tell', userId: owner, item }] }
}

/** From its owner to someone who is present, whether he asked or not. */
export function decideHandOver(place: StudyPlace, who: Who, { userId }: Of<'screen.handOver'>, _at: Moment): Decision {
  if (place.state.screen.owner !== who.userId || who.userId === '') return refuse('forbidden')
  if (userId === who.userId) return refuse('is_self')
  return mayNotShow(place, userId) ?? claimed(userId, 'handedOver')
}

/** By the room's owner and moderators, whoever has the screen. */
export function decideTakeOver(place: StudyPlace, who: Who, _: Of<'screen.takeOver'>, _at: Moment): Decision {
  const { owner } = place.state.screen
  if (!present(place, who.userId)) return refuse('not_present')
  if (!moderates(place, who.userId)) return refuse('forbidden')
  if (owner === who.userId) return nothing
  return mayNotShow(place, who.userId) ?? claimed(who.userId, owner === '' ? 'claimed' : 'takenOver')
}

/**
 * What follows for the screen when a member leaves: his screen is free and his request is gone. Part of the same decision
 * as his `member.left`; also when a member is muted, for then he may show nothing either.
 */
export function releaseOnLeave(place: StudyPlace, userId: string): NewEvent[] {
  const { owner, requests } = place.state.screen
  const events: NewEvent[] = []
  if (owner === userId) events.push({ type: 'screen.released', data: { userId } })
  if (requests.includes(userId)) events.push({ type: 'screen.requested', data: { userId, on: false } })
  return events
}

function mayNotShow(place: StudyPlace, userId: string): Refusal | null {
  if (!present(place, userId)) return refuse('not_present')
  if (place.hidden.muted.has(userId)) return refuse('muted')
  // Who may not publish a screen (V7) would only keep others from it.
  if (leads(place, userId)) return null
  return place.state.media.screens && !isBarred(place, userId, 'screen') ? null : refuse('not_allowed')
}

const claimed = (userId: string, how: 'claimed' | 'handedOver' | 'takenOver'): Decision => ({
  events: [{ type: 'screen.claimed', data: { userId, how } }],
  reply: {},
})
