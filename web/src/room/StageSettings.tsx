import { Fieldset, NativeSelect, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { limits } from '#schemas/limits.ts'
import { type FocusChat, focusChats, type StagePolicy } from '#schemas/stage/stage.ts'
import type { StudyState } from '#schemas/state/studyState.ts'

type Checks = { readonly on: boolean; readonly minMs: number; readonly maxMs: number }
export type StageValues = { readonly stage: StagePolicy; readonly attest: Checks }

const MINUTE = 60_000
const paces = { often: [5, 15], usual: [10, 30], seldom: [20, 60] } as const
type Pace = keyof typeof paces

export const stageValuesOf = ({ stage, attest }: StudyState): StageValues => ({
  stage: {
    chat: focusChats.find((chat) => chat === stage.chat) ?? 'open',
    slowMs: stage.slowMs,
    quiet: stage.quiet,
  },
  attest: { on: attest.on, minMs: attest.minMs, maxMs: attest.maxMs },
})

const paceOf = ({ on, minMs, maxMs }: Checks): Pace | 'never' | 'own' =>
  on
    ? ((Object.keys(paces) as Pace[]).find((p) => minMs === paces[p][0] * MINUTE && maxMs === paces[p][1] * MINUTE) ??
      'own')
    : 'never'

type Props = { value: StageValues; onChange: (value: StageValues) => void; owns: boolean }

/** What a focus does to chat and notifications (T3), and, for the owner, whether the room asks who is here (T4). */
export function StageSettings({ value: { stage, attest }, onChange, owns }: Props) {
  const { t } = useTranslation('stage')
  const set = (change: Partial<StagePolicy>) => onChange({ attest, stage: { ...stage, ...change } })
  const pace = paceOf(attest)
  const setPace = (next: string) => {
    const bounds = next in paces ? paces[next as Pace] : null
    const checks = bounds
      ? { on: true, minMs: bounds[0] * MINUTE, maxMs: bounds[1] * MINUTE }
      : { ...attest, on: next === 'own' }
    onChange({ stage, attest: checks })
  }
  const own = { min: Math.round(attest.minMs / MINUTE), max: Math.round(attest.maxMs / MINUTE) }
  return (
    <Fieldset legend={t('settings.focus')} radius="md">
      <Stack gap="sm">
        <NativeSelect
          label={t('settings.chat')}
          description={t('settings.hint')}
          size="md"
          data={focusChats.map((chat) => ({ value: chat, label: t(`settings.${chat}`) }))}
          value={stage.chat}
          onChange={(event) => set({ chat: event.currentTarget.value as FocusChat })}
        />
        {stage.chat === 'slow' && (
          <NumberInput
            label={t('settings.seconds')}
            size="md"
            min={limits.slowMs.min / 1000}
            max={limits.slowMs.max / 1000}
            allowDecimal={false}
            clampBehavior="strict"
            value={stage.slowMs / 1000}
            onChange={(seconds) => typeof seconds === 'number' && set({ slowMs: seconds * 1000 })}
          />
        )}
        <Switch
          label={t('settings.quiet')}
          checked={stage.quiet}
          onChange={(event) => set({ quiet: event.currentTarget.checked })}
        />
        {owns ? (
          <NativeSelect
            label={t('settings.checks')}
            description={t('settings.checksHint')}
            size="md"
            data={[
              { value: 'never', label: t('settings.never') },
              ...(Object.keys(paces) as Pace[]).map((p) => ({ value: p, label: t(`settings.${p}`) })),
              ...(pace === 'own' ? [{ value: 'own', label: t('settings.own', own) }] : []),
            ]}
            value={pace}
            onChange={(event) => setPace(event.currentTarget.value)}
          />
        ) : (
          attest.on && (
            <Text size="sm" c="dimmed">
              {t('check.on')}
            </Text>
          )
        )}
      </Stack>
    </Fieldset>
  )
}
