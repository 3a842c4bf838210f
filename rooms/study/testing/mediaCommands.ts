import fc from 'fast-check'
import type { Decision } from '#rooms/place/types.ts'
import { type MediaSource, mediaKinds, mediaSources } from '#schemas/media/sources.ts'
import { decideAllowMember, decideStopMember, mayJoin, mayPublish, straysOf } from '../media/media.rules.ts'
import { newPeer, showMedia } from '../media/peers.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { type Command, person } from './commands.ts'
import { who } from './given.ts'

const nothing: Decision = { events: [], reply: {} }
let produced = 0

/** What the room's glue does after each turn and each word of its SFU: strays end, and the state shows what is left. */
export function settleMedia(place: StudyPlace, now: number): void {
  for (const stray of straysOf(place, now)) {
    const { peers } = place.hidden
    if (stray.do === 'close') peers.delete(stray.session)
    else if (stray.do === 'stop') peers.get(stray.session)?.producers.delete(stray.source)
    else Object.assign(peers.get(stray.session)?.producers.get(stray.source) ?? {}, { paused: true })
  }
  const speaker = [...place.hidden.peers.keys()][0] ?? null
  showMedia(place, { unavailable: '', places: 3, epoch: 1, speaker })
}

type Act = (place: StudyPlace, session: string, userId: string, source: MediaSource, on: boolean, now: number) => void
const acts: Readonly<Record<string, Act>> = {
  join(place, session, userId) {
    if (mayJoin(place, { userId, session })) return
    place.hidden.peers.set(session, { ...newPeer(userId), in: true })
  },
  leave: (place, session) => void place.hidden.peers.delete(session),
  publish(place, session, userId, source, paused, now) {
    const peer = place.hidden.peers.get(session)
    if (peer && !mayPublish(place, userId, source, now, paused))
      peer.producers.set(source, { id: `p${++produced}`, paused })
  },
  stop: (place, session, _userId, source) => void place.hidden.peers.get(session)?.producers.delete(source),
}

/** Members come, publish and go in the media, as their SFU tells it. */
const live: fc.Arbitrary<Command> = fc
  .record({
    by: person,
    act: fc.constantFrom('join', 'publish', 'publish', 'publish', 'stop', 'leave'),
    source: fc.constantFrom(...mediaSources),
    paused: fc.boolean(),
  })
  .map(({ by, act, source, paused }) => ({
    name: `${by} media ${act} ${source} ${paused}`,
    by,
    decide(place, { now }) {
      acts[act]?.(place, who(by).session, by, source, paused, now)
      return nothing
    },
  }))

const stopMember: fc.Arbitrary<Command> = fc
  .record({ by: person, userId: person, source: fc.constantFrom(...mediaSources) })
  .map(({ by, userId, source }) => ({
    name: `${by} media.stopMember ${userId} ${source}`,
    by,
    decide: (place, at) => decideStopMember(place, who(by), { userId, source }, at),
  }))

const allowMember: fc.Arbitrary<Command> = fc
  .record({ by: person, userId: person, kind: fc.constantFrom(...mediaKinds), on: fc.boolean() })
  .map(({ by, userId, kind, on }) => ({
    name: `${by} media.allowMember ${userId} ${kind} ${on}`,
    by,
    decide: (place, at) => decideAllowMember(place, who(by), { userId, kind, on }, at),
  }))

export const mediaCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: live },
  { weight: 1, arbitrary: stopMember },
  { weight: 2, arbitrary: allowMember },
)
