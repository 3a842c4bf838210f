import { Button, NumberInput, SimpleGrid, Stack, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimerPlan } from '#schemas/timer/phases.ts'

const MINUTE = 60_000

export function PlanForm({ plan, onStart }: { plan: TimerPlan; onStart: (plan: TimerPlan) => void }) {
  const { t } = useTranslation('room')
  const [draft, setDraft] = useState(plan)
  const minutes = (key: 'focusMs' | 'breakMs' | 'longBreakMs', max: number) => ({
    size: 'md' as const,
    min: 1,
    max,
    allowDecimal: false,
    clampBehavior: 'strict' as const,
    value: draft[key] / MINUTE,
    onChange: (value: number | string) =>
      typeof value === 'number' && value >= 1 && setDraft({ ...draft, [key]: value * MINUTE }),
  })
  return (
    <Stack gap="sm" maw="min(320px, calc(100vw - 66px))">
      <SimpleGrid cols={2} spacing="sm">
        <NumberInput label={t('stage.focusMinutes')} {...minutes('focusMs', 180)} />
        <NumberInput label={t('stage.breakMinutes')} {...minutes('breakMs', 60)} />
        <NumberInput label={t('stage.longBreakMinutes')} {...minutes('longBreakMs', 120)} />
        <NumberInput
          label={t('stage.rounds')}
          size="md"
          min={1}
          max={12}
          allowDecimal={false}
          clampBehavior="strict"
          value={draft.rounds}
          onChange={(value) => typeof value === 'number' && value >= 1 && setDraft({ ...draft, rounds: value })}
        />
      </SimpleGrid>
      <Switch
        label={t('stage.autoRestart')}
        checked={draft.autoRestart}
        onChange={(event) => setDraft({ ...draft, autoRestart: event.currentTarget.checked })}
      />
      <Button size="md" onClick={() => onStart(draft)}>
        {t('stage.startTimer')}
      </Button>
    </Stack>
  )
}
