import type { Appliers, StudyPlace } from '../studyPlace.ts'
import { runOf } from '../timer/run.ts'
import { nextWait } from './attest.ts'

type AttestEvents = 'attest.set' | 'attest.asked' | 'attest.answered' | 'attest.missed'

export const attestAppliers: Appliers<AttestEvents> = {
  'attest.set': (place, { at, data: { on, minMs, maxMs, seed } }) => {
    const { state, hidden } = place
    state.attest.assign({ on, minMs, maxMs })
    hidden.attestSeed = seed
    // Whoever is being asked still is; he waits by the new bounds once that is over.
    for (const { userId, checkAt } of state.members.values()) {
      if (checkAt > 0) continue
      hidden.attests.delete(userId)
      beginWaiting(place, userId, at)
    }
  },

  'attest.asked': (place, { at, data: { userId } }) => {
    const member = place.state.members.get(userId)
    if (member) member.checkAt = at
  },

  'attest.answered': (place, { at, data: { userId, asked } }) => {
    const member = place.state.members.get(userId)
    const attest = place.hidden.attests.get(userId)
    if (!member) return
    member.checkAt = 0
    if (attest) place.hidden.attests.set(userId, { ...nextWait(place, userId, attest.count + 1, at), answered: asked })
  },

  'attest.missed': (place, { at, data: { userId, asked } }) => {
    const member = place.state.members.get(userId)
    const attest = place.hidden.attests.get(userId)
    if (!member) return
    member.checkAt = 0
    member.missedAt = asked
    if (attest) place.hidden.attests.set(userId, nextWait(place, userId, attest.count + 1, at))
  },
}

/** A member who comes, or the checks that begin: the first one is drawn. */
export function beginWaiting(place: StudyPlace, userId: string, at: number): void {
  if (place.state.attest.on) place.hidden.attests.set(userId, nextWait(place, userId, 0, at))
}

/** Time that was booked is time towards the next check. */
export function noteCounted({ hidden }: StudyPlace, userId: string, from: number, to: number): void {
  const attest = hidden.attests.get(userId)
  if (!attest) return
  const countedMs = attest.countedMs + Math.max(0, to - Math.max(from, attest.since))
  hidden.attests.set(userId, { ...attest, countedMs })
}

/** The shared timer changes at `at`: what ran until then is kept for those who are being asked. Before it is changed. */
export function noteRun(place: StudyPlace, at: number): void {
  for (const [userId, attest] of place.hidden.attests)
    if ((place.state.members.get(userId)?.checkAt ?? 0) > 0)
      place.hidden.attests.set(userId, { ...attest, past: [...attest.past, { run: runOf(place), until: at }] })
}
