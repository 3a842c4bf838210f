import { Group, Text } from '@mantine/core'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays } from '#schemas/time/calendar.ts'
import styles from './heatMap.module.css'
import { LEVELS, levelOf, mapStart, movedBy, weeksOf } from './heatMap.ts'
import { useDates } from './useDates.ts'
import { useDurations } from './useDurations.ts'

const LEGEND = Array.from({ length: LEVELS + 1 }, (_, level) => level)

type Props = {
  today: string
  totals: ReadonlyMap<string, number>
  selected: string
  onSelect: (day: string) => void
}

/**
 * A year as a grid, one column a week. One stop for the tab key; arrows go from day to day, each day says its date and time.
 * Levels differ in lightness and in the size of their mark, so that they are told apart without colour.
 */
export function HeatMap({ today, totals, selected, onSelect }: Props) {
  const { t } = useTranslation('record')
  const duration = useDurations()
  const dates = useDates()
  const weeks = weeksOf(today)
  const inMap = selected >= mapStart(today) && selected <= today ? selected : today
  const [at, setAt] = useState(inMap)
  const grid = useRef<HTMLTableElement>(null)
  const scroller = useRef<HTMLElement>(null)
  // On a narrow screen the newest months are what one sees first.
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollLeft = scroller.current.scrollWidth
  }, [])
  const move = (event: KeyboardEvent) => {
    const to = movedBy(event.key, at, today)
    if (!to) return
    event.preventDefault()
    setAt(to)
    grid.current?.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus()
  }
  const textOf = (day: string) => t('dayLabel', { date: dates.full(day), time: duration(totals.get(day) ?? 0) })
  return (
    <div>
      <section ref={scroller} className={styles['scroller']} aria-label={t('year')}>
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table of days one moves in by arrows is a grid */}
        <table ref={grid} role="grid" aria-label={t('year')} className={styles['grid']} onKeyDown={move}>
          <thead>
            <tr>
              <td className={styles['corner']} />
              {weeks.map(([monday]) => (
                <td key={monday} className={styles['month']}>
                  {monday && addDays(monday, 6).slice(8) <= '07' ? (
                    <span>{dates.month(addDays(monday, 6))}</span>
                  ) : null}
                </td>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: 7 }, (_, row) => (
              <tr key={weeks[0]?.[row]}>
                <th scope="row" className={styles['weekday']}>
                  {dates.weekday(weeks[0]?.[row] ?? today)}
                </th>
                {weeks.map((week) => {
                  const day = week[row]
                  if (!day) return <td key={week[0]} />
                  return (
                    <td key={day} className={styles['cell']}>
                      <button
                        type="button"
                        data-day={day}
                        data-level={levelOf(totals.get(day) ?? 0)}
                        data-today={day === today || undefined}
                        className={styles['day']}
                        tabIndex={day === at ? 0 : -1}
                        aria-label={textOf(day)}
                        title={textOf(day)}
                        aria-pressed={day === selected}
                        onFocus={() => setAt(day)}
                        onClick={() => onSelect(day)}
                      />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Group gap={6} justify="flex-end" mt="xs" aria-hidden>
        <Text size="xs" c="dimmed">
          {t('less')}
        </Text>
        {LEGEND.map((level) => (
          <span key={level} className={styles['day']} data-level={level} />
        ))}
        <Text size="xs" c="dimmed">
          {t('more')}
        </Text>
      </Group>
    </div>
  )
}
