import type { GroupMemberships } from '#persistence/ports/groupMemberships.ts'
import type { Ledger } from '#persistence/ports/ledger.ts'
import type { Log } from '#rooms/place/deps.ts'
import { realTimers, type Timers } from '#rooms/place/timers.ts'
import type { Entrant, Seat } from '#rooms/places.ts'
import type { Standing } from '#rooms/study/group/group.rules.ts'
import { type Admission, decideAdmit } from '#rooms/study/members/entry.rules.ts'
import type { StudyActor } from '#rooms/study/StudyRoom.ts'
import type { StudyFacts } from '#rooms/study/studyRules.ts'
import type { Blocks } from '#rooms/users/blocks.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'
import { isOutdated } from './isOutdated.ts'
import { newSession, reserve, whoOf } from './reserve.ts'
import { Returning } from './returning.ts'
import type { StudyActors } from './studyActors.ts'
import { Tries } from './tries.ts'

export type StudyDay = Omit<StudyFacts, 'admission'>

export type EnterDeps = {
  readonly ledger: Ledger
  readonly actors: StudyActors
  readonly memberships: Pick<GroupMemberships, 'gateOf'>
  readonly log: Log
  readonly oldestClient: number
  readonly blocks: Pick<Blocks, 'learn' | 'learnAll'>
  verifyPassword(hash: string, password: string): Promise<boolean>
  /** The study so far of the user's own day that holds `now`, from the database. */
  studyDay(userId: string, now: number): Promise<StudyDay>
}

const TRIES = 6
const FIRST_PAUSE_MS = 20

/**
 * Lets a user into a study room: exists, not removed, admitted by the actor (woken if it slept), then a seat (§5.5). The
 * actor decides again in the join command; here is only looked, so that most refusals cost no socket.
 */
export function createEnterStudy(deps: EnterDeps, timers: Timers = realTimers) {
  const { ledger, actors, oldestClient } = deps
  const tries = new Tries()
  const returning = new Returning(deps.blocks)

  return async (caller: Entrant, roomId: string, password: string | undefined): Promise<{ seat: Seat } | Refusal> => {
    const { userId } = caller
    if (actors.closed) return refuse('draining')
    if (isOutdated(caller, oldestClient)) return refuse('outdated', { oldest: oldestClient })
    if (!actors.live(roomId) && !(await ledger.exists(roomId))) return refuse('not_found')
    const ask = (actor: StudyActor, now: number, group: string) =>
      // An entry number that is not used leaves a harmless gap.
      Promise.all([
        dayOf(actor, userId, now),
        ledger.isRemoved(roomId, userId),
        ledger.nextEntry(userId),
        group === '' ? undefined : standing(roomId, userId, now),
      ])
    let asked: Awaited<ReturnType<typeof ask>> | undefined
    for (let i = 0; i < TRIES; i++) {
      if (i > 0) await new Promise<void>((resolve) => void timers.after(FIRST_PAUSE_MS * 2 ** i, resolve))
      const actor = await actors.wake(roomId)
      if (isRefusal(actor)) return actor
      asked ??= await ask(actor, actor.turns.now(), actor.place.state.group)
      const [day, removed, entry, group] = asked
      if (isRefusal(group)) return group
      if (!day) return refuse('unavailable')
      const admission = await admit(actor, userId, password, group)
      if (isRefusal(admission)) return admission
      // The actor knows the reason; that it does not yet or no longer know it does not let anybody in: deny wins.
      if (removed) return refuse('kicked')
      const session = newSession()
      if (!actor.isOpen) continue
      actor.promise(session)
      const auth = { sessionId: session, who: whoOf(caller, session, entry), facts: { ...day, admission } }
      const seat = await reserve(actor.row, auth)
      if (seat) return { seat }
    }
    return refuse('unavailable')
  }

  // Without the database nobody's day is known, and a wrong total would be shown and kept.
  async function dayOf(actor: StudyActor, userId: string, now: number): Promise<StudyDay | undefined> {
    try {
      const known = await returning.dayOf(actor, userId, now)
      if (known) return known
      const [day] = await Promise.all([deps.studyDay(userId, now), deps.blocks.learn(userId)])
      return day
    } catch (error) {
      deps.log('warn', { error: String(error) }, 'the database could not be asked')
      return undefined
    }
  }

  // Who is not in a room's group learns nothing of the room, except who was put out of it.
  async function standing(roomId: string, userId: string, askedAt: number): Promise<Standing | undefined | Refusal> {
    try {
      const gate = await deps.memberships.gateOf(roomId, userId)
      if (!gate) return undefined
      const { group, role, leader, removed } = gate
      if (role === null) return refuse(removed ?? 'not_found')
      return (await ledger.isRemoved(`group:${group}`, userId)) ? refuse('unavailable') : { role, leader, askedAt }
    } catch (error) {
      deps.log('warn', { error: String(error) }, 'the database could not be asked')
      return refuse('unavailable')
    }
  }

  async function admit(
    actor: StudyActor,
    userId: string,
    password: string | undefined,
    group: Standing | undefined,
  ): Promise<Admission | Refusal> {
    const { place } = actor
    const key = `${actor.id} ${userId}`
    let proven: string | null = null
    for (;;) {
      const admitted = decideAdmit(place, userId, { passwordHash: proven, group }, { now: actor.turns.now() })
      if (admitted === 'ok') return { passwordHash: proven, group }
      if (admitted !== 'password') return admitted
      const hash = place.hidden.passwordHash
      if (password === undefined || hash === null) return refuse('password_required')
      if (tries.tooMany(key, timers.monotonic())) return refuse('too_many_tries')
      if (!(await deps.verifyPassword(hash, password))) {
        tries.failed(key, timers.monotonic())
        return refuse('wrong_password')
      }
      proven = hash
    }
  }
}
