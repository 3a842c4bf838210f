import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRoom } from '../../hooks/useRoom.ts'
import { useStudyRoom } from '../roomContext.tsx'

/** After a presence check that I did not answer: when my clock stopped. Else, that this room asks. */
export function Missed() {
  const { t, i18n } = useTranslation('stage')
  const room = useStudyRoom()
  const { missedAt, on } = useRoom(room, (s) => ({
    missedAt: s.members.get(room.me)?.missedAt ?? 0,
    on: s.attest.on,
  }))
  if (missedAt > 0) {
    const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' }).format(missedAt)
    return (
      <Text size="sm" role="status" maw={320} ta="center">
        {t('check.missed', { time })}
      </Text>
    )
  }
  return on ? (
    <Text size="sm" c="dimmed" maw={320} ta="center">
      {t('check.on')}
    </Text>
  ) : null
}
