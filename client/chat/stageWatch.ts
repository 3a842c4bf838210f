import type { StudyState } from '#schemas/state/studyState.ts'

/**
 * Notices when what decides about held or slow chat has changed: the choice, the run of the shared timer, one's own role. What
 * time alone opens needs no watching, the room has told when that will be.
 */
export class StageWatch {
  #seen = ''

  changed({ stage, timer, members }: StudyState, me: string): boolean {
    const { anchor, pausedAt, focusMs, breakMs, longBreakMs, rounds } = timer
    const role = members.get(me)?.role
    const now = [stage.chat, stage.slowMs, role, anchor, pausedAt, focusMs, breakMs, longBreakMs, rounds].join()
    const changed = this.#seen !== '' && now !== this.#seen
    this.#seen = now
    return changed
  }
}
