import { Badge } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useHub } from '../app/hub.tsx'
import { peopleChanged, usePeopleCounts } from './usePeople.ts'

/** How many requests wait for me; grows with what is told, and asks again by itself. */
export function RequestsBadge() {
  const { t } = useTranslation('people')
  const hub = useHub()
  useEffect(
    () => hub.onInbox(({ kind }) => void ((kind === 'friendAsked' || kind === 'friendAccepted') && peopleChanged())),
    [hub],
  )
  const count = usePeopleCounts()?.incoming ?? 0
  if (count === 0) return null
  return (
    <Badge
      circle={count < 10}
      size="sm"
      aria-label={t('badge', { count })}
      style={{ position: 'absolute', top: 4, insetInlineEnd: 8, pointerEvents: 'none' }}
    >
      {count}
    </Badge>
  )
}
