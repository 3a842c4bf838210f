import type { GroupGate, GroupMemberships } from '#persistence/ports/groupMemberships.ts'
import type { StudyActors } from '#rooms/enter/studyActors.ts'
import type { Actors } from '#rooms/place/actors.ts'
import type { Log } from '#rooms/place/deps.ts'
import { OwnedElsewhere } from '#rooms/place/restore.ts'
import { realTimers, type Timers } from '#rooms/place/timers.ts'
import { decideExpel, decideStanding, type Expulsion, markExpelled } from '#rooms/study/group/group.rules.ts'
import { decideEnd } from '#rooms/study/room/room.rules.ts'
import { Postponed } from '#rooms/users/postponed.ts'
import type { UserHub } from '#rooms/users/userHub.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { isRefusal, refuse } from '#schemas/refusals.ts'

export type GroupRoomsDeps = {
  readonly study: Pick<StudyActors, 'live' | 'wake'>
  readonly actors: Pick<Actors, 'all'>
  readonly users: Pick<UserHub, 'endIn'>
  readonly memberships: Pick<GroupMemberships, 'membersOf' | 'leftOverRooms'>
  readonly log: Log
  readonly timers?: Pick<Timers, 'monotonic'>
}

/** Rooms of dissolved groups that are ended in one round. */
const AT_ONCE = 10

/** The live rooms of study groups on this node, and who looks at them from the lobby. */
export class GroupRooms {
  readonly #deps: GroupRoomsDeps
  readonly #watchers = new Set<(user: string, group: string) => void>()
  readonly #postponed: Postponed

  constructor(deps: GroupRoomsDeps) {
    this.#deps = deps
    this.#postponed = new Postponed(() => (deps.timers ?? realTimers).monotonic())
  }

  /** Told of everybody who is no longer in a group; returns how to stop. */
  onLost(lost: (user: string, group: string) => void): () => void {
    this.#watchers.add(lost)
    return () => void this.#watchers.delete(lost)
  }

  /** Ends what somebody has in a group's rooms: sockets first, then his seats; no seat given out before lets him in (I7). */
  async expel(user: string, group: string, rooms: readonly string[], how: Expulsion): Promise<void> {
    const { study, users } = this.#deps
    for (const lost of this.#watchers) lost(user, group)
    const live = rooms.flatMap((room) => study.live(room) ?? [])
    const marks = live.map(({ turns }) => turns.live((place, at) => markExpelled(place, user, at.now)))
    users.endIn(user, new Set(rooms), closeCodes[how])
    await Promise.all(marks)
    await Promise.all(live.map(({ turns }) => turns.command((place, at) => decideExpel(place, user, how, at))))
  }

  /** A live room shows somebody's role as the group gives it; a sleeping one learns it at the next entry. */
  async showStanding(room: string, user: string, { role, leader }: GroupGate): Promise<void> {
    const actor = this.#deps.study.live(room)
    if (actor && role) await actor.turns.command((place, at) => decideStanding(place, user, { role, leader }, at))
  }

  /** Compares who sits in live group rooms with who is a member: a removal that was cut off is finished, and a dissolved group's rooms end (I13). */
  async check(): Promise<void> {
    const { actors, study, memberships, log } = this.#deps
    const trying = async (id: string, act: () => Promise<boolean>) => {
      const done = await act().catch((error: unknown) => {
        log('warn', { place: id, error: String(error) }, 'a room of a group could not be compared')
        return false
      })
      if (!done) this.#postponed.failed(id)
    }
    for (const { id } of actors.all()) {
      const place = study.live(id)?.place
      if (!place || place.state.group === '' || place.state.members.size === 0) continue
      const { group } = place.state
      const sitting = [...place.state.members.keys()]
      const members = new Set((await memberships.membersOf(group)).map(({ user }) => user))
      for (const user of sitting)
        if (!members.has(user)) await trying(id, () => this.expel(user, group, [id], 'leftGroup').then(() => true))
    }
    // Those that could not be ended are still there: the others come after them.
    const over = await memberships.leftOverRooms(AT_ONCE + this.#postponed.size)
    for (const id of over.filter((room) => !this.#postponed.has(room)).slice(0, AT_ONCE))
      await trying(id, async () => {
        // One that lives elsewhere is ended by its own node, which looks as well.
        const actor = await study.wake(id).catch((error: unknown) => {
          if (error instanceof OwnedElsewhere) return refuse('unavailable')
          throw error
        })
        if (isRefusal(actor)) return false
        return !isRefusal(await actor.turns.command((place, at) => decideEnd(place, place.state.owner, at)))
      })
  }
}
