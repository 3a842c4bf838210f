import { Button, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isRefusal } from '#schemas/refusals.ts'
import { queries } from '../../common/queries.ts'
import { useRoom } from '../../hooks/useRoom.ts'
import { useWhen } from '../chat/useWhen.ts'
import classes from '../room.module.css'
import { useStudyRoom } from '../roomContext.tsx'
import { useAsk } from '../useAsk.ts'

/** For owner and moderators: who is out and may be let back in, who has warnings. */
export function Records() {
  const { t } = useTranslation('room')
  const room = useStudyRoom()
  const ask = useAsk()
  const when = useWhen()
  const members = useRoom(room, (s) => s.members.size)
  const { data, refetch } = useQuery(
    {
      queryKey: ['records', room.roomId, members],
      queryFn: async () => {
        const answer = await room.request('member.records', {})
        return isRefusal(answer) ? null : answer
      },
      staleTime: 0,
      refetchInterval: 10_000,
    },
    queries,
  )
  if (!data || (data.removed.length === 0 && data.warnings.length === 0)) return null
  const letBack = async (userId: string) => {
    await ask('member.letBack', { userId })
    await refetch()
  }
  return (
    <>
      {data.removed.length > 0 && (
        <section aria-labelledby="removed">
          <Title order={2} size="h6" id="removed" mb={8}>
            {t('people.removed')}
          </Title>
          <ul className={classes['plainList']}>
            {data.removed.map((r) => (
              <li key={r.userId} className={classes['person']}>
                <div style={{ minWidth: 0, flex: 1 }}>
                  <Text fw={600} truncate>
                    {r.name}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {r.until === null
                      ? t(r.kind === 'kicked' ? 'people.kicked' : 'people.banned')
                      : t('people.bannedUntil', { date: when.full(r.until) })}
                    {r.reason && ` · ${r.reason}`}
                  </Text>
                </div>
                <Button variant="default" onClick={() => void letBack(r.userId)}>
                  {t('acts.letBack')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {data.warnings.length > 0 && (
        <section aria-labelledby="warnings">
          <Title order={2} size="h6" id="warnings" mb={8}>
            {t('people.warnings')}
          </Title>
          <ul className={classes['plainList']}>
            {data.warnings.map((w) => (
              <li key={w.userId} className={classes['person']}>
                <Text style={{ flex: 1 }}>{w.name}</Text>
                <Text size="sm" c="dimmed">
                  {t('people.warningCount', { count: w.count })}
                </Text>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
