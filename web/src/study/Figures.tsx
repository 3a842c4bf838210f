import { SimpleGrid, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudySummary } from '#schemas/api/study.ts'
import { MOST_FREEZES } from '#schemas/study/streak.ts'
import { useDates } from './useDates.ts'
import { useDurations } from './useDurations.ts'

/** Week, month, streak and all there ever was. */
export function Figures({ summary }: { summary: StudySummary }) {
  const { t } = useTranslation('record')
  const duration = useDurations()
  const dates = useDates()
  const { streak, week, month, totalMs, settings } = summary
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="lg" component="dl" m={0}>
      <Figure
        name={t('streak')}
        value={t('days', { count: streak.length })}
        note={
          <>
            {t('freezes', { have: streak.freezes, most: MOST_FREEZES })}
            <br />
            {streak.length > 0 && !streak.today ? t('streakWaits') : t('best', { count: streak.best })}
          </>
        }
      />
      <Figure
        name={t('thisWeek')}
        value={duration(week.totalMs)}
        note={settings.weeklyGoalMs > 0 ? t('ofGoal', { goal: duration(settings.weeklyGoalMs) }) : t('noGoal')}
      />
      <Figure
        name={dates.monthLong(month.from)}
        value={duration(month.totalMs)}
        note={t('onDays', { count: month.days })}
      />
      <Figure name={t('ever')} value={duration(totalMs)} note="" />
    </SimpleGrid>
  )
}

const Figure = ({ name, value, note }: { name: string; value: string; note: ReactNode }) => (
  <div>
    <Text component="dt" size="sm" c="dimmed">
      {name}
    </Text>
    <Text component="dd" m={0} fz={22} fw={650}>
      {value}
    </Text>
    {note !== '' && (
      <Text component="dd" m={0} size="sm" c="dimmed">
        {note}
      </Text>
    )}
  </div>
)
