import type { GroupGate } from '#persistence/ports/groupMemberships.ts'
import { LedgerUnavailable } from '#persistence/ports/ledger.ts'
import { type NodeLink, NodeUnreachable } from '#persistence/ports/nodeLink.ts'
import { OwnedElsewhere } from '#rooms/place/restore.ts'
import { realTimers, type Timers } from '#rooms/place/timers.ts'
import type { Entrant, GroupRoomFacts, Person, Places } from '#rooms/places.ts'
import type { RoomChange } from '#schemas/messages/study.ts'
import { isRefusal, type Refusal, refuse } from '#schemas/refusals.ts'

export type FarPlacesDeps = {
  readonly link: NodeLink
  readonly node: string
  /** The node that shows the room in its directory, as far as this one has heard. */
  nodeOf(roomId: string): string | null
  /** Where the user sits, by the ledger; the node is the one that gave him the seat. */
  seatOf(userId: string): Promise<{ readonly node: string; readonly place: string } | undefined>
  readonly timers?: Timers
}

/** A dead owner is found out after 3 s of silence, and its places may be claimed then (§5.1). */
const PATIENCE_MS = 6000
const FIRST_PAUSE_MS = 25
const LONGEST_PAUSE_MS = 400

type Elsewhere = { readonly elsewhere: string }
const isElsewhere = (answer: unknown): answer is Elsewhere =>
  typeof answer === 'object' && answer !== null && 'elsewhere' in answer

/**
 * The places of all nodes behind the interface of one (I9): what concerns a room goes to the node that owns it, or wakes it
 * here; what concerns a user or a group is done here and told to everybody. `local` throws `OwnedElsewhere` for a room
 * that lives on another node. A node that drains or died meanwhile is asked no more: the ledger says who comes after it.
 */
export function farPlaces(local: Places, deps: FarPlacesDeps): Places {
  const { link, node, nodeOf, timers = realTimers } = deps

  /**
   * A method of the room's own node, whichever that is. `args` travel as JSON, which leaves out what is undefined: so they are
   * one object.
   */
  function atOwner<A extends { readonly roomId: string }, T>(name: string, act: (args: A) => Promise<T | Refusal>) {
    // Answers from this node's own places, and says where a room is that is not here.
    link.answer(`places.${name}`, async (args) => {
      try {
        return await act(args as A)
      } catch (error) {
        if (error instanceof OwnedElsewhere) return { elsewhere: error.owner } satisfies Elsewhere
        throw error
      }
    })
    return async (args: A): Promise<T | Refusal> => {
      const until = timers.monotonic() + PATIENCE_MS
      let owner = nodeOf(args.roomId)
      for (let failed = 0; timers.monotonic() <= until; ) {
        try {
          if (owner === null || owner === node) return await act(args)
          const answer = (await link.ask(owner, `places.${name}`, args)) as T | Refusal | Elsewhere
          if (isElsewhere(answer)) owner = answer.elsewhere
          else if (isRefusal(answer) && answer.refused === 'draining') owner = null
          else return answer
        } catch (error) {
          if (error instanceof OwnedElsewhere) owner = error.owner
          else if (error instanceof NodeUnreachable) owner = null
          else throw error
          // Just learnt from the ledger: he is asked at once.
          if (owner !== null && owner !== node) continue
        }
        if (failed++ > 0) await pause(failed)
      }
      return refuse('unavailable')
    }
  }

  const pause = (tries: number) =>
    new Promise<void>((resolve) => {
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries)
      timers.after(longest * (0.5 + Math.random() / 2), resolve)
    })

  /** Done here, and told to every other node, where it is done too. */
  function everywhere<A extends readonly unknown[]>(note: string, act: (...args: A) => Promise<void>) {
    link.hear(note, (args) => void act(...(args as A)).catch(() => undefined))
    return (...args: A): Promise<void> => {
      link.tellAll(note, args)
      return act(...args)
    }
  }

  // The room may have gone on to another node since its user sat down. Who asks has nothing to wake: a room that nobody owns
  // now asks him again itself.
  async function checkOf(user: string) {
    try {
      const seat = await deps.seatOf(user)
      const at = seat && (nodeOf(seat.place) ?? seat.node)
      if (at === undefined || at === node) return local.checks.of(user)
      return (await link.ask(at, 'checks.of', user)) as Awaited<ReturnType<Places['checks']['of']>>
    } catch (error) {
      if (error instanceof NodeUnreachable) return local.checks.of(user)
      if (error instanceof LedgerUnavailable) return refuse('unavailable')
      throw error
    }
  }
  link.answer('checks.of', (user) => local.checks.of(user as string))

  type Enter = { caller: Entrant; roomId: string; password?: string | undefined }
  type Change = { caller: Person; roomId: string; change: RoomChange; gate?: GroupGate | null | undefined }
  type End = Omit<Change, 'change'>
  type Make = { roomId: string; facts: GroupRoomFacts; gate: GroupGate }
  type Answer = { user: string; roomId: string; asked: number }
  const enter = atOwner('enterStudy', (a: Enter) => local.enterStudy(a.caller, a.roomId, a.password))
  const change = atOwner('changeStudy', (a: Change) => local.changeStudy(a.caller, a.roomId, a.change, a.gate))
  const end = atOwner('endStudy', (a: End) => local.endStudy(a.caller, a.roomId, a.gate))
  const make = atOwner('createGroupRoom', (a: Make) => local.createGroupRoom(a.roomId, a.facts, a.gate))
  const forget = atOwner('forget', (a: { userId: string; roomId: string }) => local.forget(a.userId, a.roomId))
  const answer = atOwner('checks.answer', (a: Answer) => local.checks.answer(a.user, a.roomId, a.asked))

  return {
    ...local,
    enterStudy: (caller, roomId, password) => enter({ caller, roomId, password }),
    changeStudy: (caller, roomId, changed, gate) => change({ caller, roomId, change: changed, gate }),
    endStudy: (caller, roomId, gate) => end({ caller, roomId, gate }),
    expel: everywhere('places.expel', local.expel),
    showStanding: everywhere('places.showStanding', local.showStanding),
    blocksChanged: everywhere('places.blocksChanged', local.blocksChanged),
    profileChanged: everywhere('places.profileChanged', local.profileChanged),
    createGroupRoom: (roomId, facts, gate) => make({ roomId, facts, gate }),
    forget: (userId, roomId) => forget({ userId, roomId }),
    checks: { of: checkOf, answer: (user, roomId, asked) => answer({ user, roomId, asked }) },
  }
}
