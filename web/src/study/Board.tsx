import { Button, Group, NativeSelect, SegmentedControl, Skeleton, Table, Text, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { studyBoard, studyBoards } from '#client/study.ts'
import type { BoardRow } from '#schemas/api/study.ts'
import { type BoardPeriod, boardPeriods } from '#schemas/study/boardPeriods.ts'
import { useHub } from '../app/hub.tsx'
import { Face } from '../common/Face.tsx'
import { queries } from '../common/queries.ts'
import { Sheet } from './Sheet.tsx'
import { Unreached } from './Unreached.tsx'
import { useDurations } from './useDurations.ts'
import { answered } from './useRecord.ts'

/** No group has this id. */
const FRIENDS = 'friends'

/** Who of my friends, or of a group of mine, studied how much. */
export function Board({ hidden }: { hidden: boolean }) {
  const { t } = useTranslation('record')
  const hub = useHub()
  const [period, setPeriod] = useState<BoardPeriod>('week')
  const [circle, setCircle] = useState(FRIENDS)
  const groups = useQuery(
    {
      queryKey: ['study', 'board', 'groups'],
      queryFn: async () => answered(await studyBoards(hub)).groups,
    },
    queries,
  )
  const group = circle === FRIENDS ? null : circle
  const board = useInfiniteQuery(
    {
      queryKey: ['study', 'board', circle, period],
      placeholderData: keepPreviousData,
      initialPageParam: undefined as string | undefined,
      queryFn: async ({ pageParam }) => answered(await studyBoard(hub, group, period, pageParam)),
      getNextPageParam: (page) => page.next ?? undefined,
    },
    queries,
  )
  const rows = board.data?.pages.flatMap((page) => page.rows) ?? []
  const mine = board.data?.pages[0]?.mine
  return (
    <Sheet>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5">
          {t('board')}
        </Title>
        <Group gap="xs" style={{ minWidth: 0, maxWidth: '100%' }}>
          <NativeSelect
            size="sm"
            // Its width is that of the longest name of a group.
            style={{ maxWidth: '100%' }}
            aria-label={t('boardOf')}
            value={circle}
            onChange={(event) => setCircle(event.currentTarget.value)}
            data={[
              { value: FRIENDS, label: t('friends') },
              ...(groups.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <SegmentedControl
            size="sm"
            aria-label={t('period')}
            value={period}
            onChange={(value) => setPeriod(boardPeriods.find((name) => name === value) ?? 'week')}
            data={boardPeriods.map((name) => ({ value: name, label: t(`periods.${name}`) }))}
          />
        </Group>
      </Group>
      {hidden && (
        <Text size="sm" c="dimmed" mb="sm">
          {t('hidden')}
        </Text>
      )}
      {board.isPending ? (
        <Skeleton height={140} radius="md" />
      ) : board.isError ? (
        <Unreached again={board.refetch} />
      ) : rows.length === 0 ? (
        <Text c="dimmed">{t('boardEmpty')}</Text>
      ) : (
        <Rows rows={mine && !rows.some((row) => row.me) ? [...rows, mine] : rows} />
      )}
      {board.hasNextPage && (
        <Button mt="sm" variant="default" onClick={() => void board.fetchNextPage()} loading={board.isFetchingNextPage}>
          {t('boardMore')}
        </Button>
      )}
    </Sheet>
  )
}

function Rows({ rows }: { rows: readonly BoardRow[] }) {
  const { t } = useTranslation('record')
  const duration = useDurations()
  return (
    <Table verticalSpacing="xs" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={56}>{t('rank')}</Table.Th>
          <Table.Th>{t('who')}</Table.Th>
          <Table.Th w={112} ta="end">
            {t('time')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ rank, user, totalMs, me }) => (
          <Table.Tr key={user.id} {...(me ? { bg: 'var(--sh-focus-soft)', 'aria-current': true } : {})}>
            <Table.Td>{rank}</Table.Td>
            <Table.Td>
              <Group gap="sm" wrap="nowrap">
                <Face id={user.id} name={user.name} size={28} />
                <Text size="sm" fw={me ? 650 : 400} truncate miw={0}>
                  {me ? t('me', { name: user.name }) : user.name}
                </Text>
              </Group>
            </Table.Td>
            <Table.Td ta="end">{duration(totalMs)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
