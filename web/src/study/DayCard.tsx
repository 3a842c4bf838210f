import { Group, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { longClockOf } from '../common/time.ts'
import { DayBand } from './DayBand.tsx'
import { Sheet } from './Sheet.tsx'
import { sittings } from './sittings.ts'
import { Unreached } from './Unreached.tsx'
import { useDates } from './useDates.ts'
import { useDurations } from './useDurations.ts'
import { useDay } from './useRecord.ts'

/** The chosen day: its band and its stretches. */
export function DayCard({ day, time }: { day: string; time: Intl.DateTimeFormat }) {
  const { t } = useTranslation(['record', 'study'])
  const duration = useDurations()
  const dates = useDates()
  const { data, isError, refetch } = useDay(day)
  return (
    <Sheet told>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5">
          {dates.full(day)}
        </Title>
        <Text fw={650}>{data ? duration(data.totalMs) : ''}</Text>
      </Group>
      {isError && !data && <Unreached again={refetch} />}
      {data && data.dayEndsAt > data.dayStartsAt && <DayBand day={data} time={time} />}
      {data?.intervals.length === 0 && (
        <Text c="dimmed" mt="sm">
          {t('dayEmpty')}
        </Text>
      )}
      {data && data.intervals.length > 0 && (
        <Table mt="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('study:from')}</Table.Th>
              <Table.Th>{t('study:to')}</Table.Th>
              <Table.Th ta="end">{t('study:length')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sittings(data.intervals).map(({ from, to, ms }) => (
              <Table.Tr key={from}>
                <Table.Td>{time.format(from)}</Table.Td>
                <Table.Td>{time.format(to)}</Table.Td>
                <Table.Td ta="end">{longClockOf(ms)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Sheet>
  )
}
