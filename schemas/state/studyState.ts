import { type SchemaType, schema, t } from '@colyseus/schema'
import { ChatSlot } from './chatState.ts'
import { MediaState } from './mediaState.ts'
import { Member } from './memberState.ts'
import { AttestState, StageState } from './stageState.ts'
import { TimerState } from './timerState.ts'

/** One raised hand; the queue is ordered by `at` (R11). */
export const Hand = schema(
  {
    userId: t.string().default(''),
    name: t.string().default(''),
    topic: t.string().default(''),
    at: t.number().default(0),
  },
  'Hand',
)
export type Hand = SchemaType<typeof Hand>

/** Who owns the one shared screen, and who asks for it (V3). The media itself is not state. */
export const ScreenState = schema(
  {
    owner: t.string().default(''),
    since: t.number().default(0),
    requests: t.array('string'),
  },
  'ScreenState',
)
export type ScreenState = SchemaType<typeof ScreenState>

/** All that a study room syncs. Fields below "live" are neither committed nor restored (I11). */
export const StudyState = schema(
  {
    id: t.string().default(''),
    /** open | staying */
    kind: t.string().default('open'),
    name: t.string().default(''),
    level: t.string().default('free'),
    tags: t.array('string'),
    owner: t.string().default(''),
    ownerName: t.string().default(''),
    capacity: t.number().default(10),
    locked: t.boolean().default(false),
    hasPassword: t.boolean().default(false),
    notice: t.string().default(''),
    noticeBy: t.string().default(''),
    noticeAt: t.number().default(0),
    createdAt: t.number().default(0),
    /** Rises with each entry. */
    entrances: t.number().default(0),
    members: t.map(Member),
    hands: t.array(Hand),
    screen: t.ref(ScreenState),
    timer: t.ref(TimerState),
    stage: t.ref(StageState),
    attest: t.ref(AttestState),
    chat: t.array(ChatSlot),
    /** Newest number of the conversation, 0 if none. */
    chatHead: t.number().default(0),
    /** Rises with each change to a message; a client asks for the amendments above the one it knows. */
    chatRevision: t.number().default(0),
    pins: t.array('number'),
    // live, not kept:
    /** Up to which number the event log has confirmed (§5.3). */
    storedThrough: t.number().default(0),
    /** The ledger is away: commands wait (I5). */
    frozen: t.boolean().default(false),
    // kept again:
    /** The study group that the room belongs to; empty for a public one. */
    group: t.string().default(''),
    media: t.ref(MediaState),
  },
  'StudyState',
)
export type StudyState = SchemaType<typeof StudyState>
