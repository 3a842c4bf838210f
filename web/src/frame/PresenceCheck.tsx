import { Button, Text, VisuallyHidden } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { usePlace } from '../app/hub.tsx'
import { ring, rings } from '../common/ring.ts'
import { sayRefusal } from '../common/say.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { useTick } from '../hooks/useTick.ts'
import classes from './PresenceCheck.module.css'

/** The room asks whether I am here (T4): on whatever screen, with a minute to answer, taking neither focus nor screen. */
export function PresenceCheck() {
  const place = usePlace()
  return place.status === 'in' ? <OfRoom key={place.roomId} room={place.room} /> : null
}

function OfRoom({ room }: { room: StudyHandle }) {
  const asked = useRoom(room, (s) => s.members.get(room.me)?.checkAt ?? 0)
  return (
    // Here before there is a question: only then is one announced.
    <div role="status">{asked > 0 && <Question key={asked} room={room} asked={asked} />}</div>
  )
}

function Question({ room, asked }: { room: StudyHandle; asked: number }) {
  const { t } = useTranslation('stage')
  const [sending, setSending] = useState(false)
  useTick(1_000)
  useEffect(() => {
    if (rings()) void ring('break')
  }, [])
  const answer = async () => {
    setSending(true)
    const answered = await room.request('attest.answer', { asked })
    setSending(false)
    // Another device may have been faster, or the minute is over: the state tells that.
    if (isRefusal(answered) && answered.refused !== 'nothing_to_do') sayRefusal(answered.refused)
  }
  useHotkeys([['Y', () => void answer()]])
  const left = Math.max(0, Math.ceil((asked + limits.checkMs - room.now()) / 1000))
  return (
    <div className={classes['check']}>
      <div>
        <Text fw={600}>{t('check.title')}</Text>
        <Text size="sm" c="dimmed">
          {t('check.text')}
        </Text>
      </div>
      <Button size="md" loading={sending} onClick={() => void answer()} aria-keyshortcuts="Y">
        {t('check.here')}
        <Text span size="sm" ml={8} aria-hidden style={{ fontVariantNumeric: 'tabular-nums', opacity: 0.8 }}>
          {left}
        </Text>
        {left <= 10 && <VisuallyHidden>{t('check.left', { count: 10 })}</VisuallyHidden>}
      </Button>
    </div>
  )
}
