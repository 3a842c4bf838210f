import { type SchemaType, schema, t } from '@colyseus/schema'

/**
 * The shared timer (T2): phases are a pure function of `anchor`, the plan and the clock (rooms/study/timer/phases.ts,
 * shared with the client as schemas/timer/phases.ts). `anchor` is when phase 0 would have begun; 0 means not running.
 * `pausedAt` > 0 stops time there. Durations in milliseconds.
 */
export const TimerState = schema(
  {
    anchor: t.number().default(0),
    pausedAt: t.number().default(0),
    focusMs: t.number().default(25 * 60_000),
    breakMs: t.number().default(5 * 60_000),
    longBreakMs: t.number().default(15 * 60_000),
    /** Focus phases until the long break. */
    rounds: t.number().default(4),
    autoRestart: t.boolean().default(true),
    startedBy: t.string().default(''),
  },
  'TimerState',
)
export type TimerState = SchemaType<typeof TimerState>
