import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { AxisLeft } from '@visx/axis'
import { scaleBand, scaleLinear } from '@visx/scale'
import { Bar, Line } from '@visx/shape'
import { useTranslation } from 'react-i18next'
import { addDays, weekStartOf } from '#schemas/time/calendar.ts'
import { useDates } from './useDates.ts'
import { useDurations } from './useDurations.ts'
import styles from './weekBars.module.css'

const HOUR = 3_600_000
const [HEIGHT, LEFT, TOP, BOTTOM] = [196, 44, 10, 10]

type Props = {
  /** Any day of the week to show. */
  day: string
  today: string
  totals: ReadonlyMap<string, number>
  goalMs: number
  onSelect: (day: string) => void
}

/** The seven days of a week as bars, with the daily goal as a line. The buttons below say the same and choose the day. */
export function WeekBars({ day, today, totals, goalMs, onSelect }: Props) {
  const { t } = useTranslation('record')
  const duration = useDurations()
  const dates = useDates()
  // Drawn for the width there is: scaled as a picture its words would be too small on a phone.
  const { ref, width } = useElementSize<HTMLDivElement>()
  const days = Array.from({ length: 7 }, (_, i) => addDays(weekStartOf(day), i))
  const most = Math.max(HOUR, goalMs, ...days.map((d) => totals.get(d) ?? 0))
  const x = scaleBand({ domain: days, range: [LEFT, Math.max(LEFT, width)], paddingInner: 0.35, paddingOuter: 0.175 })
  const y = scaleLinear<number>({ domain: [0, most / HOUR], range: [HEIGHT - BOTTOM, TOP], nice: true })
  // Hours and minutes would be too long for the edge: halves only where there is nothing else.
  const ticks = y.ticks(3)
  const hours = ticks.filter(Number.isInteger)
  return (
    <div ref={ref}>
      <svg width={width} height={HEIGHT} className={styles['chart'] ?? ''} aria-hidden="true" focusable="false">
        <AxisLeft
          scale={y}
          left={LEFT}
          tickValues={hours.length > 1 ? hours : ticks}
          hideAxisLine
          hideTicks
          tickFormat={(hours) => duration(Number(hours) * HOUR)}
          tickLabelProps={() => ({ className: styles['tick'] ?? '', textAnchor: 'end', dy: '0.3em', dx: -2 })}
        />
        {days.map((d) => {
          const top = y((totals.get(d) ?? 0) / HOUR)
          return (
            <Bar
              key={d}
              x={x(d) ?? 0}
              y={top}
              width={x.bandwidth()}
              height={Math.max(0, HEIGHT - BOTTOM - top)}
              rx={5}
              className={(d === day ? styles['chosen'] : styles['bar']) ?? ''}
            />
          )
        })}
        <Line
          from={{ x: LEFT, y: HEIGHT - BOTTOM }}
          to={{ x: width, y: HEIGHT - BOTTOM }}
          className={styles['ground'] ?? ''}
        />
        {goalMs > 0 && (
          <Line
            from={{ x: LEFT, y: y(goalMs / HOUR) }}
            to={{ x: width, y: y(goalMs / HOUR) }}
            className={styles['goal'] ?? ''}
          />
        )}
      </svg>
      <ul className={styles['days'] ?? ''} aria-label={t('week')}>
        {days.map((d) => (
          <li key={d}>
            <UnstyledButton
              className={styles['dayButton'] ?? ''}
              aria-pressed={d === day}
              disabled={d > today}
              onClick={() => onSelect(d)}
            >
              {dates.weekday(d)}
              <VisuallyHidden>
                {' '}
                {t('dayLabel', { date: dates.full(d), time: duration(totals.get(d) ?? 0) })}
              </VisuallyHidden>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  )
}
