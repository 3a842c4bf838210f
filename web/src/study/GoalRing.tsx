import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PhaseRing } from '../common/PhaseRing.tsx'
import { useDurations } from './useDurations.ts'

/** How much of a goal is reached, as a ring with the words in it; without a goal the ring is empty. */
export function GoalRing({ totalMs, goalMs }: { totalMs: number; goalMs: number }) {
  const { t } = useTranslation('record')
  const duration = useDurations()
  const share = goalMs > 0 ? totalMs / goalMs : 0
  return (
    <PhaseRing size={132} stroke={11} phase="focus" share={share}>
      <div>
        <Text fz={26} fw={650} lh={1.1}>
          {goalMs > 0
            ? new Intl.NumberFormat(undefined, { style: 'percent' }).format(Math.floor(share * 100) / 100)
            : '–'}
        </Text>
        <Text size="xs" c="dimmed" maw={92} mx="auto">
          {goalMs > 0 ? t('ofGoal', { goal: duration(goalMs) }) : t('noGoal')}
        </Text>
      </div>
    </PhaseRing>
  )
}
