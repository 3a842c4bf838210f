import type { Event } from '#schemas/events/catalogue.ts'
import type { MediaSource } from '#schemas/media/sources.ts'
import type { StudyPlace } from '../studyPlace.ts'

type Ended = { readonly userId: string; readonly source: MediaSource }

/** Who has brought about that a source may no longer be published, by what was committed; nobody ('') if it was the phase. */
export function causeOf(
  place: StudyPlace,
  events: readonly Event[],
  { userId, source }: Ended,
): { readonly userId: string; readonly name: string } {
  const shows = source === 'screen' || source === 'screenAudio'
  const by = events.findLast(
    ({ type, data }) =>
      type === 'media.set' ||
      (type === 'member.barred' && data.userId === userId) ||
      (type === 'member.muted' && data.userId === userId) ||
      (type === 'member.roleSet' && data.userId === userId) ||
      (shows && (type === 'screen.claimed' || type === 'screen.released')),
  )?.actor
  return { userId: by ?? '', name: place.state.members.get(by ?? '')?.name ?? '' }
}
