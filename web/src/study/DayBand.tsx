import { useTranslation } from 'react-i18next'
import type { StudyToday } from '#schemas/api/study.ts'
import { longClockOf } from '../common/time.ts'

/** The day as one band from the user's own day start; studied stretches are filled. The table below says the same in words. */
export function DayBand({ day, time }: { day: StudyToday; time: Intl.DateTimeFormat }) {
  const { t } = useTranslation('study')
  const length = day.dayEndsAt - day.dayStartsAt
  const at = (ms: number) => `${((ms - day.dayStartsAt) / length) * 100}%`
  const marks = [0, 0.25, 0.5, 0.75].map((share) => day.dayStartsAt + share * length)
  const label = t('bandLabel', {
    from: time.format(day.dayStartsAt),
    to: time.format(day.dayEndsAt),
    total: longClockOf(day.totalMs),
  })
  return (
    <div role="img" aria-label={label}>
      <div
        style={{
          position: 'relative',
          height: 36,
          borderRadius: 10,
          background: 'var(--sh-surface-2)',
          overflow: 'hidden',
        }}
      >
        {day.intervals.map((interval) => (
          <div
            key={interval.from}
            style={{
              position: 'absolute',
              insetBlock: 0,
              left: at(interval.from),
              width: `max(2px, ${((interval.to - interval.from) / length) * 100}%)`,
              background: 'var(--sh-focus)',
            }}
          />
        ))}
      </div>
      <div
        style={{ position: 'relative', height: 20, marginTop: 4, fontSize: 12, color: 'var(--mantine-color-dimmed)' }}
      >
        {marks.map((mark) => (
          <span key={mark} style={{ position: 'absolute', left: at(mark), whiteSpace: 'nowrap' }}>
            {time.format(mark)}
          </span>
        ))}
      </div>
    </div>
  )
}
