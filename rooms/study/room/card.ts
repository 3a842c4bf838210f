import { type Level, levels, type RoomKind, roomKinds } from '#schemas/limits.ts'
import type { RoomCard } from '#schemas/messages/lobby.ts'
import { phaseAt } from '#schemas/timer/phases.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { runOf } from '../timer/run.ts'

const FACES = 5

/** The room as the lobby shows it at `now`. */
export function cardOf(place: StudyPlace, now: number): RoomCard {
  const { state } = place
  const members = [...state.members.values()].sort((a, b) => a.entrance - b.entrance)
  const run = runOf(place)
  return {
    id: state.id,
    kind: roomKinds.find((kind): kind is RoomKind => kind === state.kind) ?? 'open',
    name: state.name,
    level: levels.find((level): level is Level => level === state.level) ?? 'free',
    tags: [...state.tags],
    ownerName: state.ownerName,
    capacity: state.capacity,
    members: members.length,
    studying: members.filter((member) => member.studying && member.connected).length,
    faces: members.slice(0, FACES).map(({ userId, name, image }) => ({ userId, name, ...(image && { image }) })),
    locked: state.locked,
    hasPassword: state.hasPassword,
    notice: state.notice,
    createdAt: state.createdAt,
    timer: phaseAt(run, now) ? run : null,
    ...(state.group === '' ? {} : { group: state.group }),
  }
}
