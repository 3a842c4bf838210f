import type { Ledger } from '#persistence/ports/ledger.ts'
import type { StudyActors } from '#rooms/enter/studyActors.ts'
import type { PlacesChecks } from '#rooms/places.ts'
import { decideAnswer } from '#rooms/study/attest/attest.rules.ts'
import type { StudyActor } from '#rooms/study/StudyRoom.ts'
import { limits } from '#schemas/limits.ts'
import { isRefusal, refuse } from '#schemas/refusals.ts'

export type OpenChecksDeps = {
  readonly ledger: Pick<Ledger, 'placesOf'>
  readonly study: Pick<StudyActors, 'live' | 'wake'>
}

/**
 * Presence checks as devices see them that do not sit in the place: the ledger knows where their user sits. Nobody answers
 * for somebody else, for the room asks who the caller is and whether he is being asked (I8).
 */
export function openChecks({ ledger, study }: OpenChecksDeps): PlacesChecks {
  const answerIn = ({ turns }: StudyActor, userId: string, asked: number) =>
    turns.command((place, at) => decideAnswer(place, { userId }, { asked }, at), userId)

  return {
    async of(userId) {
      const [seat] = await ledger.placesOf([userId])
      const actor = seat && study.live(seat.place)
      if (!actor) return null
      const { id, name, members } = actor.place.state
      const asked = members.get(userId)?.checkAt ?? 0
      const leftMs = asked + limits.checkMs - actor.turns.now()
      return asked > 0 && leftMs > 0 ? { roomId: id, roomName: name, asked, leftMs } : null
    },

    async answer(userId, roomId, asked) {
      const [seat] = await ledger.placesOf([userId])
      if (seat?.place !== roomId) return refuse('not_present')
      // What a dead process left behind is woken: open checks survive it.
      const actor = study.live(roomId) ?? (await study.wake(roomId))
      if (isRefusal(actor)) return actor
      const answered = await answerIn(actor, userId, asked)
      return isRefusal(answered) ? answered : { answered: true }
    },
  }
}
