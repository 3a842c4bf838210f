import { phaseAt, type TimerRun } from '../timer/phases.ts'

/** What chat is during focus: as always, one message per member and `slowMs`, or kept until the break (T3). */
export const focusChats = ['open', 'slow', 'held'] as const
export type FocusChat = (typeof focusChats)[number]

/** What the shared timer's phase does to the room. */
export type StagePolicy = {
  readonly chat: FocusChat
  readonly slowMs: number
  /** Notifications wait for the break; whoever shows them honours it. */
  readonly quiet: boolean
}
/** As the state carries it. */
type ShownPolicy = Omit<StagePolicy, 'chat'> & { readonly chat: string }

export type Stage = {
  readonly chat: FocusChat
  readonly quiet: boolean
  /** When it opens by itself, milliseconds of the place's clock; null while nothing is closed. */
  readonly opensAt: number | null
}

const OPEN: Stage = { chat: 'open', quiet: false, opensAt: null }

/**
 * What holds at `now`. Only a focus that runs closes anything: a paused timer would close it without an end, and without a
 * timer there is no break to wait for. Room and browser use the same function, so nothing is sent when a phase turns.
 */
export function stageAt(policy: ShownPolicy, run: TimerRun, now: number): Stage {
  if (run.pausedAt > 0) return OPEN
  const phase = phaseAt(run, now)
  if (phase?.name !== 'focus') return OPEN
  const chat = focusChats.find((known) => known === policy.chat) ?? 'open'
  if (chat === 'open' && !policy.quiet) return OPEN
  return { chat, quiet: policy.quiet, opensAt: phase.endsAt }
}
