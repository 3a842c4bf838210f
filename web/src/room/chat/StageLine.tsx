import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { clockOf } from '../../common/time.ts'
import { useMyRole, useStudyRoom } from '../roomContext.tsx'
import { useStage } from '../stage/useStage.ts'

/** Why chat is held or slow, and until when. Apart from the composer, which is not drawn with every second. */
export function StageLine() {
  const { t } = useTranslation('stage')
  const room = useStudyRoom()
  const { moderates } = useMyRole()
  const { chat, slowMs, leftMs } = useStage(room)
  if (chat === 'open') return null
  const time = clockOf(leftMs)
  const words =
    chat === 'held'
      ? t(moderates ? 'heldForOthers' : 'held', { time })
      : moderates
        ? t('slowForOthers', { time })
        : t('slow', { time, count: Math.round(slowMs / 1000) })
  return (
    <Text size="sm" c="dimmed" px={16} pb={4} id="chat-stage" style={{ fontVariantNumeric: 'tabular-nums' }}>
      {words}
    </Text>
  )
}
