import { Button, Text, VisuallyHidden } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Refusal } from '#schemas/refusals.ts'
import { ring, rings } from '../common/ring.ts'
import { sayRefusal } from '../common/say.ts'
import { useTick } from '../hooks/useTick.ts'
import classes from './question.module.css'

type Props = {
  readonly text: string
  leftMs(): number
  answer(): Promise<Refusal | null>
}

/** "Still studying?", with a minute to answer, taking neither focus nor screen. Give it the check as key. */
export function Question({ text, leftMs, answer }: Props) {
  const { t } = useTranslation('stage')
  const [sending, setSending] = useState(false)
  useTick(1_000)
  useEffect(() => {
    if (rings()) void ring('break')
  }, [])
  const send = async () => {
    setSending(true)
    const refusal = await answer()
    setSending(false)
    // Another device may have been faster, or the minute is over.
    if (refusal && refusal.refused !== 'nothing_to_do') sayRefusal(refusal.refused)
  }
  useHotkeys([['Y', () => void send()]])
  const left = Math.max(0, Math.ceil(leftMs() / 1000))
  return (
    <div className={classes['check']}>
      <div>
        <Text fw={600}>{t('check.title')}</Text>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </div>
      <Button size="md" loading={sending} onClick={() => void send()} aria-keyshortcuts="Y" style={{ flex: 'none' }}>
        {t('check.here')}
        <Text span size="sm" ml={8} aria-hidden style={{ fontVariantNumeric: 'tabular-nums', opacity: 0.9 }}>
          {left}
        </Text>
        {left <= 10 && <VisuallyHidden>{t('check.left', { count: 10 })}</VisuallyHidden>}
      </Button>
    </div>
  )
}
