import i18next from 'i18next'
import type { DeviceFailure } from '#client/media/types.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { tell } from '../common/notices.ts'
import { sayRefusal } from '../common/say.ts'
import './words.ts'

/** What the words about failures are about; a screen's sound fails with its screen. */
export type Failing = 'microphone' | 'camera' | 'screen'
/** Long enough to read what to do, and to look for it. */
const READ_MS = 12_000

/** Which browser's way of allowing devices fits: only the words depend on it. */
function family(): 'chromium' | 'firefox' | 'safari' {
  const agent = navigator.userAgent
  if (/Firefox\//.test(agent)) return 'firefox'
  return /Safari\//.test(agent) && !/Chrom(e|ium)\//.test(agent) ? 'safari' : 'chromium'
}

/** Why a device gives nothing, and what to do about it. */
export const explain = (what: Failing, failure: DeviceFailure): { title: string; todo: string } => ({
  title: i18next.t(`media:failure.${what}.${failure}`),
  todo:
    failure === 'denied'
      ? i18next.t(`media:failure.todo.denied.${family()}`)
      : i18next.t(`media:failure.todo.${failure}`),
})

/** Tells in words why something of mine did not come about; silent when it did. */
export function tellOutcome(what: Failing, outcome: Refusal | DeviceFailure | null): void {
  if (outcome === null) return
  if (isRefusal(outcome)) {
    if (outcome.refused !== 'nothing_to_do') sayRefusal(outcome.refused)
    return
  }
  const { title, todo } = explain(what, outcome)
  tell({ color: 'red', autoClose: READ_MS, title, message: todo })
}
