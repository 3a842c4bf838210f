import { Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconLogin2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import type { StudyToday } from '#schemas/api/study.ts'
import { useSession } from '../app/hub.tsx'
import { Late } from '../common/Late.tsx'
import { LinkButton } from '../common/links.tsx'
import { longClockOf } from '../common/time.ts'
import { useMyClock } from '../hooks/useMyClock.ts'
import { Notice } from '../pages/Notice.tsx'
import { DayBand } from './DayBand.tsx'
import { GoalRing } from './GoalRing.tsx'
import { liveDay } from './liveDay.ts'
import { Record } from './Record.tsx'
import { Unreached } from './Unreached.tsx'
import { useSummary } from './useRecord.ts'
import { useToday } from './useToday.ts'

export function MyStudyPage() {
  const { t, i18n } = useTranslation(['study', 'common'])
  const session = useSession()
  const signedIn = session.status === 'in'
  const { data, isError, refetch, room } = useToday(signedIn)
  if (session.status === 'out')
    return (
      <Notice icon={<IconLogin2 size={44} stroke={1.4} />} title={t('title')} text={t('signedOut')}>
        <LinkButton to="/sign-in" search={{ next: '/study' }} size="md">
          {t('common:signIn')}
        </LinkButton>
      </Notice>
    )
  const zone = session.status === 'in' ? session.me.timeZone : undefined
  const time = new Intl.DateTimeFormat(i18n.language, { hour: 'numeric', minute: '2-digit', timeZone: zone })
  const date = new Intl.DateTimeFormat(i18n.language, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    timeZone: zone,
  })
  return (
    <Stack maw={860} mx="auto" p={{ base: 'md', sm: 'xl' }} gap="lg">
      <Title order={1} size="h2">
        {t('title')}
      </Title>
      {isError && !data ? (
        <Unreached again={refetch} />
      ) : !data ? (
        <>
          <Skeleton height={220} radius="lg" />
          <Late />
        </>
      ) : room ? (
        <DayInRoom room={room} stored={data} time={time} date={date} />
      ) : (
        <Day data={data} time={time} date={date} />
      )}
      {data && <Record time={time} />}
    </Stack>
  )
}

type Formats = { time: Intl.DateTimeFormat; date: Intl.DateTimeFormat }

/** While I sit in a room, my clock there is the newest word: the total and the band run with it. */
function DayInRoom({ room, stored, ...formats }: Formats & { room: StudyHandle; stored: StudyToday }) {
  const { since } = useMyClock(room)
  return <Day data={liveDay(stored, since, room.now())} {...formats} />
}

function Day({ data, time, date }: Formats & { data: StudyToday }) {
  const settings = useSummary().data?.settings
  const { t } = useTranslation(['study', 'common'])
  return (
    <>
      <Paper withBorder radius="lg" p="lg" style={{ boxShadow: 'var(--sh-shadow)' }}>
        <Stack gap="md">
          <Group justify="space-between" align="center" wrap="nowrap">
            <div style={{ minWidth: 0 }}>
              <Text c="dimmed">
                {t('today')} · {date.format(data.dayStartsAt)}
              </Text>
              <Text fz={{ base: 36, xs: 44 }} fw={650} lh={1.1} mt={4}>
                {longClockOf(data.totalMs)}
              </Text>
            </div>
            {settings && <GoalRing totalMs={data.totalMs} goalMs={settings.dailyGoalMs} />}
          </Group>
          <DayBand day={data} time={time} />
          <Text size="sm" c="dimmed">
            {t('day', { from: time.format(data.dayStartsAt), to: time.format(data.dayEndsAt) })}
          </Text>
        </Stack>
      </Paper>
      {data.intervals.length === 0 && (
        <Group>
          <Text c="dimmed">{t('emptyText')}</Text>
          <LinkButton to="/" variant="default">
            {t('common:toLobby')}
          </LinkButton>
        </Group>
      )}
    </>
  )
}
