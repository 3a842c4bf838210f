import { Button, Group, Modal, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudySettings } from '#schemas/api/study.ts'
import { useSettingsChange } from './useRecord.ts'

const MINUTE = 60_000

/** Goals and whether others see me on leaderboards. */
export function Goals({ settings, onClose }: { settings: StudySettings; onClose: () => void }) {
  const { t } = useTranslation(['record', 'common'])
  const [daily, setDaily] = useState<number | string>(settings.dailyGoalMs / MINUTE)
  const [weekly, setWeekly] = useState<number | string>(settings.weeklyGoalMs / MINUTE / 60)
  const [onBoards, setOnBoards] = useState(settings.onBoards)
  const change = useSettingsChange()
  const save = () =>
    change.mutate(
      {
        dailyGoalMs: Math.round(Number(daily)) * MINUTE,
        weeklyGoalMs: Math.round(Number(weekly) * 60) * MINUTE,
        onBoards,
      },
      { onSuccess: onClose },
    )
  return (
    <Modal opened onClose={onClose} title={t('goals')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Stack>
          <NumberInput
            label={t('dailyGoal')}
            description={t('goalHint')}
            value={daily}
            onChange={setDaily}
            min={0}
            max={1440}
            step={10}
            data-autofocus
          />
          <NumberInput label={t('weeklyGoal')} value={weekly} onChange={setWeekly} min={0} max={168} decimalScale={1} />
          <Switch
            label={t('onBoards')}
            description={t('onBoardsHint')}
            checked={onBoards}
            onChange={(event) => setOnBoards(event.currentTarget.checked)}
          />
          {change.isError && (
            <Text role="alert" c="var(--sh-danger)" size="sm">
              {t('common:refusal.unavailable')}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
