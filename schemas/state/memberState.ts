import { type SchemaType, schema, t } from '@colyseus/schema'

/** Someone who sits in the room. Seats are counted by this map: a user once, however many sockets (R3). */
export const Member = schema(
  {
    userId: t.string().default(''),
    name: t.string().default(''),
    handle: t.string().default(''),
    /** Reference of the image, '' without one. */
    image: t.string().default(''),
    /** owner | moderator | member */
    role: t.string().default('member'),
    /** Rises with each entry: the earliest entrant has the lowest (R6). */
    entrance: t.number().default(0),
    enteredAt: t.number().default(0),
    /** here | away: set by the member or by idleness. */
    status: t.string().default('here'),
    /** The personal timer is on (T1). It may be held by a break of the shared timer. */
    studying: t.boolean().default(false),
    /** Start of the interval that runs now, 0 if none runs: shown total = studiedMs + (now - studyingSince). */
    studyingSince: t.number().default(0),
    /** Milliseconds credited today before the running interval, in the member's own day. */
    studiedMs: t.number().default(0),
    /** When the member's own day ends: from then on the total starts at 0. */
    dayEndsAt: t.number().default(0),
    muted: t.boolean().default(false),
    /** When the presence check that is open now was shown, 0 if none is (T4): the clock stands there until it is answered. */
    checkAt: t.number().default(0),
    /** The check that stopped the clock, 0 once it was started again. */
    missedAt: t.number().default(0),
    /** Read marker (I4): only moves forward. */
    readThrough: t.number().default(0),
    // live, not kept:
    /** The socket is open. A member without one is returning: seat and role are kept for a while. */
    connected: t.boolean().default(false),
    typing: t.boolean().default(false),
    /** Is in the room's media: hears, and may be heard. */
    inMedia: t.boolean().default(false),
    /** Producer by source (schemas/media/sources.ts): what this member publishes. */
    producers: t.map('string'),
    /** The microphone is published and silent. */
    micMuted: t.boolean().default(false),
    deafened: t.boolean().default(false),
    /** How loud, 0 to 9; coarse, at most twice a second. */
    level: t.number().default(0),
    // kept:
    /** What he may not publish (V7): kinds of schemas/media/sources.ts, separated by blanks. */
    barred: t.string().default(''),
  },
  'Member',
)
export type Member = SchemaType<typeof Member>
