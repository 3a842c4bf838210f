import type { z } from 'zod'
import type { Envelope } from './envelope.ts'
import { type StudyEvents, studyEvents } from './study.ts'

/** One list of all event types; `EventOf` gives the union that a handler switches over, ending in `never`. */
export const eventCatalogue = { ...studyEvents } as const

type Catalogue = StudyEvents
export type EventType = keyof Catalogue
export type EventData<K extends EventType> = z.infer<Catalogue[K]>
/** An event that is decided but not yet enveloped. */
export type NewEvent<K extends EventType = EventType> = {
  [P in K]: { readonly type: P; readonly data: EventData<P> }
}[K]
/** A committed event with checked data. */
export type Event<K extends EventType = EventType> = {
  [P in K]: Omit<Envelope, 'type' | 'data'> & { readonly type: P; readonly data: EventData<P> }
}[K]

export type Parsed =
  | { ok: true; event: Event }
  | { ok: false; why: 'unknownType' | 'unknownVersion' | 'badData'; detail: string }

/** The one way from the log into typed code. Unknown types are to be passed over, unknown versions stop a partition. */
export function parseEvent(envelope: Envelope): Parsed {
  const schema = (eventCatalogue as Record<string, z.ZodType | undefined>)[envelope.type]
  if (!schema) return { ok: false, why: 'unknownType', detail: envelope.type }
  if (envelope.version !== 1)
    return { ok: false, why: 'unknownVersion', detail: `${envelope.type} v${envelope.version}` }
  const data = schema.safeParse(envelope.data)
  if (!data.success) return { ok: false, why: 'badData', detail: data.error.message }
  return { ok: true, event: { ...envelope, type: envelope.type, data: data.data } as Event }
}
