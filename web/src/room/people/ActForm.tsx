import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { closeAllModals } from '@mantine/modals'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { say } from '../../common/say.ts'
import { sayUndo } from '../../common/sayUndo.tsx'
import { useAsk } from '../useAsk.ts'

export type Act = 'Warn' | 'Kick' | 'Ban' | 'Delegate'
const DAY = 86_400_000

/** Asks for the reason and does it. */
export function ActForm({ act, userId, name }: { act: Act; userId: string; name: string }) {
  const { t } = useTranslation(['room', 'common'])
  const ask = useAsk()
  const [reason, setReason] = useState('')
  const [days, setDays] = useState('0')
  const letBack = async () => {
    const answer = await ask('member.letBack', { userId })
    if (!isRefusal(answer)) say(t('acts.isBack', { name }))
  }
  const run = async () => {
    closeAllModals()
    if (act === 'Delegate') return void ask('room.delegate', { userId })
    if (act === 'Warn') {
      const answer = await ask('member.warn', { userId, reason })
      if (isRefusal(answer)) return
      if (answer.kicked) sayUndo(t('acts.warnedOut', { name }), () => void letBack())
      else say(t('acts.warned', { name, count: answer.warnings }))
      return
    }
    const answer =
      act === 'Kick'
        ? await ask('member.kick', { userId, reason })
        : await ask('member.ban', { userId, reason, ...(days !== '0' && { forMs: Number(days) * DAY }) })
    if (!isRefusal(answer)) sayUndo(t('acts.removed', { name }), () => void letBack())
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      <Stack>
        {act === 'Warn' && <Text size="sm">{t('acts.warnText')}</Text>}
        {act === 'Kick' && <Text size="sm">{t('acts.kickText')}</Text>}
        {act === 'Delegate' && <Text size="sm">{t('acts.delegateText')}</Text>}
        {act === 'Ban' && (
          <SegmentedControl
            aria-label={t('acts.banFor')}
            value={days}
            onChange={setDays}
            data={[
              { value: '1', label: t('acts.banDay') },
              { value: '7', label: t('acts.banWeek') },
              { value: '0', label: t('acts.banGood') },
            ]}
          />
        )}
        {act !== 'Delegate' && (
          <TextInput
            label={t('acts.reason')}
            size="md"
            maxLength={limits.reason}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => closeAllModals()}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" color={act === 'Kick' || act === 'Ban' ? 'red' : 'accent'}>
            {t(
              act === 'Warn'
                ? 'acts.warn'
                : act === 'Kick'
                  ? 'acts.kick'
                  : act === 'Ban'
                    ? 'acts.ban'
                    : 'acts.delegate',
            )}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
