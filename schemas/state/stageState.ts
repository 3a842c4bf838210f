import { type SchemaType, schema, t } from '@colyseus/schema'
import { limits } from '../limits.ts'

/** What the shared timer's phase does to the room (T3); read by `stageAt` (schemas/stage/stage.ts). */
export const StageState = schema(
  {
    /** open | slow | held: chat during focus. */
    chat: t.string().default('open'),
    slowMs: t.number().default(limits.slowMs.usual),
    quiet: t.boolean().default(false),
  },
  'StageState',
)
export type StageState = SchemaType<typeof StageState>

/** Presence checks (T4): between two checks of a member lie `minMs` to `maxMs` of counted time. When exactly, no client is told. */
export const AttestState = schema(
  {
    on: t.boolean().default(false),
    minMs: t.number().default(limits.attestMs.usual.min),
    maxMs: t.number().default(limits.attestMs.usual.max),
  },
  'AttestState',
)
export type AttestState = SchemaType<typeof AttestState>
