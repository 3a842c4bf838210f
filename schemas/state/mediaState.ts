import { type SchemaType, schema, t } from '@colyseus/schema'

/** Voice and video of a room. What it allows is kept; the rest is live. */
export const MediaState = schema(
  {
    /** always | breaks | never: when members may speak. */
    microphones: t.string().default('always'),
    cameras: t.boolean().default(true),
    screens: t.boolean().default(true),
    // live, not kept:
    /** '' when media runs on this node; otherwise why not: no_worker | off | failed. */
    unavailable: t.string().default('off'),
    /** Changes when the place's router is another one: all that was opened before is gone. */
    epoch: t.number().default(0),
    /** Who is heard now, '' if nobody is. */
    speaker: t.string().default(''),
    /** How many may be in the media at once. */
    places: t.number().default(25),
  },
  'MediaState',
)
export type MediaState = SchemaType<typeof MediaState>
