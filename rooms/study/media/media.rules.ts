import type { Decision, Moment, Who } from '#rooms/place/types.ts'
import type { EventData } from '#schemas/events/catalogue.ts'
import { type Microphones, microphonesAt } from '#schemas/media/microphones.ts'
import { type MediaPolicy, type MediaSource, mediaKindOf, mediaKinds } from '#schemas/media/sources.ts'
import type { Payload } from '#schemas/messages/catalogue.ts'
import type { mediaMessages } from '#schemas/messages/media.ts'
import { type Refusal, refuse } from '#schemas/refusals.ts'
import { leads } from '../members/roles.ts'
import { targetOf } from '../moderation/moderation.rules.ts'
import { releaseOnLeave } from '../screen/screen.rules.ts'
import { moderates, present } from '../standing.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { nextFlip } from '../timer/counts.ts'
import { runOf } from '../timer/run.ts'
import { isBarred } from './isBarred.ts'

type Of<K extends keyof typeof mediaMessages> = Payload<typeof mediaMessages, K>

/** The connection by which its user sits here, not an older one of his (I1). */
export const sits = ({ hidden }: StudyPlace, { userId, session }: Pick<Who, 'userId' | 'session'>): boolean =>
  hidden.sessions.get(userId) === session

/** Whether a connection may come into the media (V1). Places are counted by users: an older connection of one's own takes none. */
export function mayJoin(place: StudyPlace, who: Pick<Who, 'userId' | 'session'>): Refusal | null {
  if (!sits(place, who)) return refuse('not_present')
  const { places } = place.state.media
  const others = new Set([...place.hidden.peers.values()].map((peer) => peer.userId))
  others.delete(who.userId)
  return others.size < places ? null : refuse('full', { places })
}

const microphonesOf = (place: StudyPlace, now: number): Microphones =>
  microphonesAt(place.state.media.microphones, runOf(place), now)

/**
 * Whether somebody may publish a source now, or go on publishing it (V2, V3, V7, T3). Who is muted publishes nothing. A screen, with
 * its sound, is its owner's. Who leads the room is above its policy. During focus (`opensAt`) a silent microphone may be there.
 */
export function mayPublish(
  place: StudyPlace,
  userId: string,
  source: MediaSource,
  now: number,
  paused = false,
): Refusal | null {
  const { media, screen } = place.state
  if (!present(place, userId)) return refuse('not_present')
  if (place.hidden.muted.has(userId)) return refuse('muted')
  const shows = source === 'screen' || source === 'screenAudio'
  if (shows && screen.owner !== userId) return refuse('screen_taken', { owner: screen.owner })
  if (leads(place, userId)) return null
  if (isBarred(place, userId, mediaKindOf(source))) return refuse('not_allowed')
  if (shows) return media.screens ? null : refuse('not_allowed')
  if (source === 'camera') return media.cameras ? null : refuse('not_allowed')
  const { open, opensAt } = microphonesOf(place, now)
  if (open || (paused && opensAt !== null)) return null
  return opensAt === null ? refuse('not_allowed') : refuse('not_allowed', { opensAt, retryAfterMs: opensAt - now })
}

/** What is in the media and may not be there (any more). */
export type Stray =
  | { readonly do: 'close'; readonly session: string }
  | { readonly do: 'stop' | 'pause'; readonly session: string; readonly userId: string; readonly source: MediaSource }

/** All strays at `now`: whatever has brought it about (a leave, a hand-over, a mute, another policy, the phase), this finds it. */
export function straysOf(place: StudyPlace, now: number): Stray[] {
  const found: Stray[] = []
  for (const [session, { userId, producers }] of place.hidden.peers) {
    if (!sits(place, { userId, session })) {
      found.push({ do: 'close', session })
      continue
    }
    for (const [source, { paused }] of producers) {
      if (!mayPublish(place, userId, source, now, paused)) continue
      // Silence is enough where a silent one may be there.
      const silent = source === 'microphone' && !mayPublish(place, userId, source, now, true)
      found.push({ do: silent ? 'pause' : 'stop', session, userId, source })
    }
  }
  return found
}

/** When microphones have to be closed because the phase turns; Infinity while nobody's would be, so that nothing keeps the room awake. */
export function microphonesCloseAt(place: StudyPlace, now: number): number {
  const { hidden, state } = place
  if (state.media.microphones !== 'breaks') return Number.POSITIVE_INFINITY
  const open = [...hidden.peers.values()].some(
    ({ userId, producers }) => producers.get('microphone')?.paused === false && !leads(place, userId),
  )
  if (!open) return Number.POSITIVE_INFINITY
  return microphonesOf(place, now).open ? nextFlip(runOf(place), now) : now
}

/** Whose microphones fall silent (V7): the one named, or those of all who do not lead. They may speak again as they like. */
export function decideMuteMembers(
  place: StudyPlace,
  who: Who,
  { userId }: Of<'media.muteMembers'>,
): readonly string[] | Refusal {
  if (!moderates(place, who.userId)) return refuse('forbidden')
  if (userId === undefined) return [...place.state.members.keys()].filter((id) => !leads(place, id))
  const target = targetOf(place, who.userId, userId)
  return 'refused' in target ? target : [userId]
}

/** A member's source is to end (V7). With his screen goes his hold on it. */
export function decideStopMember(
  place: StudyPlace,
  who: Who,
  { userId, source }: Of<'media.stopMember'>,
  _at: Moment,
): Decision {
  const target = targetOf(place, who.userId, userId)
  if ('refused' in target) return target
  const held = source === 'screen' && place.state.screen.owner === userId
  return { events: held ? [{ type: 'screen.released', data: { userId } }] : [], reply: {} }
}

/** Whether a member may publish a kind (V7), whatever the room allows; repeating it changes nothing. With his screen goes his hold on it. */
export function decideAllowMember(
  place: StudyPlace,
  who: Who,
  { userId, kind, on }: Of<'media.allowMember'>,
  _at: Moment,
): Decision {
  const target = targetOf(place, who.userId, userId)
  if ('refused' in target) return target
  const before = place.hidden.barred.get(userId) ?? []
  if (before.includes(kind) !== on) return { events: [], reply: {} }
  const kinds = mediaKinds.filter((one) => (one === kind ? !on : before.includes(one)))
  const shows = kind === 'screen' && !on && !leads(place, userId) ? releaseOnLeave(place, userId) : []
  return { events: [{ type: 'member.barred', data: { userId, kinds, by: who.userId } }, ...shows], reply: {} }
}

/** The whole policy after a change, null if it changes nothing. */
export function nextMediaPolicy(
  { state: { media } }: StudyPlace,
  change: { readonly [K in keyof MediaPolicy]?: MediaPolicy[K] | undefined },
): Omit<EventData<'media.set'>, 'by'> | null {
  const next = {
    microphones: change.microphones ?? (media.microphones as MediaPolicy['microphones']),
    cameras: change.cameras ?? media.cameras,
    screens: change.screens ?? media.screens,
  }
  const same =
    next.microphones === media.microphones && next.cameras === media.cameras && next.screens === media.screens
  return same ? null : next
}

/** A change of what members may publish, with what follows for the screen: members may not hold what they may not use. */
export function changeMedia(place: StudyPlace, by: string, change: Parameters<typeof nextMediaPolicy>[1]) {
  const next = nextMediaPolicy(place, change)
  if (!next) return []
  const { owner, requests } = place.state.screen
  const showing = next.screens ? [] : [...new Set([owner, ...requests])].filter((id) => id !== '' && !leads(place, id))
  return [{ type: 'media.set', data: { ...next, by } } as const, ...showing.flatMap((id) => releaseOnLeave(place, id))]
}
