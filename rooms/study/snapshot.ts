import { StudyState } from '#schemas/state/studyState.ts'
import { emptyHidden, type StudyHidden, type StudyPlace } from './studyPlace.ts'

/** Form of the body; a reader of another form refuses it (DESIGN §6). New fields do not need a new form, other meanings do. */
const FORM = 1

/** Live, not kept (I11). */
const liveState = ['storedThrough', 'frozen'] as const
const liveMember = ['connected', 'typing', 'inMedia', 'producers', 'micMuted', 'deafened', 'level'] as const
const liveMedia = ['unavailable', 'epoch', 'speaker', 'places'] as const
const liveHidden = [
  'connectedAt',
  'returning',
  'typing',
  'expelled',
  'peers',
] as const satisfies readonly (keyof StudyHidden)[]

/** A study room that nothing has happened in yet. */
export function newStudyPlace(id: string): StudyPlace {
  return { state: new StudyState().assign({ id }), hidden: emptyHidden() }
}

/** All kept state as JSON. Two places that went through the same events give the same string. */
export function snapshotOf(place: StudyPlace): string {
  const { members, media, ...facts } = place.state.toJSON()
  const state = {
    ...without(facts, liveState),
    media: without(media, liveMedia),
    members: Object.fromEntries(Object.entries(members).map(([id, member]) => [id, without(member, liveMember)])),
  }
  const hidden: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(without(place.hidden, liveHidden)))
    hidden[name] = value instanceof Map || value instanceof Set ? [...value] : value
  return JSON.stringify({ form: FORM, state, hidden })
}

/** The place of a snapshot. Throws on a body of another form or that is no snapshot: it must not be half restored. */
export function restore(body: string): StudyPlace {
  const kept = JSON.parse(body) as { form?: unknown; state: never; hidden: Record<string, unknown> }
  if (kept.form !== FORM) throw new Error(`snapshot has form ${String(kept.form)}, this release reads ${FORM}`)
  const state = new StudyState().restore(kept.state)
  // What an older snapshot lacks stays as in an empty place; the empty value also says which collection to rebuild.
  const hidden: Record<string, unknown> = emptyHidden()
  for (const [name, empty] of Object.entries(hidden)) {
    const value = kept.hidden[name]
    if (value === undefined) continue
    hidden[name] =
      empty instanceof Map
        ? new Map(value as [unknown, unknown][])
        : empty instanceof Set
          ? new Set(value as unknown[])
          : value
  }
  return { state, hidden: hidden as StudyHidden }
}

function without<T extends object, K extends PropertyKey>(source: T, names: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(source).filter(([name]) => !names.includes(name as K))) as Omit<T, K>
}
