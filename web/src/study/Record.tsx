import { Button, Group, Skeleton, Stack, Title } from '@mantine/core'
import { IconDownload, IconTarget } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudySummary } from '#schemas/api/study.ts'
import { Late } from '../common/Late.tsx'
import { Board } from './Board.tsx'
import { DayCard } from './DayCard.tsx'
import { downloadCsv } from './downloadCsv.ts'
import { Figures } from './Figures.tsx'
import { HeatMap } from './HeatMap.tsx'
import { Sheet } from './Sheet.tsx'
import { Unreached } from './Unreached.tsx'
import { useSummary, useYear } from './useRecord.ts'
import { WeekBars } from './WeekBars.tsx'

const Goals = lazy(() => import('./Goals.tsx').then((m) => ({ default: m.Goals })))

/** What became of all the days: figures, week, year, the chosen day, leaderboards. Loaded when My study is opened. */
export function Record({ time }: { time: Intl.DateTimeFormat }) {
  const { data: summary, isError, refetch } = useSummary()
  if (summary) return <Loaded summary={summary} time={time} />
  if (!isError)
    return (
      <>
        <Skeleton height={280} radius="lg" />
        <Late />
      </>
    )
  return <Unreached again={refetch} />
}

function Loaded({ summary, time }: { summary: StudySummary; time: Intl.DateTimeFormat }) {
  const { t } = useTranslation('record')
  const { today, settings } = summary
  const year = useYear(today).data ?? new Map<string, number>()
  const [editing, setEditing] = useState(false)
  // The chosen day has an address, so that back and reload keep it.
  const { day = today } = useSearch({ from: '/study' })
  const navigate = useNavigate()
  const select = (chosen: string) =>
    void navigate({ to: '/study', search: chosen === today ? {} : { day: chosen }, resetScroll: false, replace: true })
  const download = () =>
    downloadCsv(`studyhub-${today}.csv`, [
      [t('csv.day'), t('csv.minutes'), t('csv.goal')],
      ...[...year].map(([name, ms]) => [
        name,
        Math.floor(ms / 60_000),
        ms >= settings.dailyGoalMs ? t('yes') : t('no'),
      ]),
    ])
  return (
    <Stack gap="lg">
      <Sheet>
        <Stack gap="lg">
          <Figures summary={summary} />
          <WeekBars day={day} today={today} totals={year} goalMs={settings.dailyGoalMs} onSelect={select} />
        </Stack>
      </Sheet>
      <Sheet>
        <Group justify="space-between" mb="sm">
          <Title order={2} size="h5">
            {t('year')}
          </Title>
          <Group gap="xs">
            <Button
              variant="default"
              size="sm"
              leftSection={<IconTarget size={16} aria-hidden />}
              onClick={() => setEditing(true)}
            >
              {t('goals')}
            </Button>
            <Button variant="default" size="sm" leftSection={<IconDownload size={16} aria-hidden />} onClick={download}>
              {t('download')}
            </Button>
          </Group>
        </Group>
        <HeatMap today={today} totals={year} selected={day} onSelect={select} />
      </Sheet>
      <DayCard day={day} time={time} />
      <Board hidden={!settings.onBoards} />
      {editing && (
        <Suspense fallback={null}>
          <Goals settings={settings} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </Stack>
  )
}
