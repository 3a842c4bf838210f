import { useTranslation } from 'react-i18next'
import type { PresenceState } from '#schemas/presence.ts'
import classes from './presence.module.css'

/** A small mark whose form tells the state as well as its colour does: full, crescent, bar, ring. */
export function PresenceMark({
  state,
  size = 12,
  label = true,
}: {
  state: PresenceState
  size?: number
  label?: boolean
}) {
  const { t } = useTranslation('presence')
  const named = label ? { role: 'img', 'aria-label': t(`state.${state}`) } : { 'aria-hidden': true }
  return <span {...named} className={classes['mark']} data-state={state} style={{ width: size, height: size }} />
}
