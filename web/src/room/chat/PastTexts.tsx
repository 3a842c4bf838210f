import { Anchor, Button, Loader, Stack, Text } from '@mantine/core'
import { openModal } from '@mantine/modals'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { ShownMessage } from '#client/types.ts'
import type { pastTexts } from '#schemas/api/rooms.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../../app/hub.tsx'
import { queries } from '../../common/queries.ts'
import { useStudyRoom } from '../roomContext.tsx'
import classes from './chat.module.css'
import { Markdown } from './Markdown.tsx'
import { useWhen } from './useWhen.ts'

/** "(edited)", which opens the earlier wordings (C3). */
export function Edited({ message }: { message: ShownMessage }) {
  const { t } = useTranslation('room')
  const { roomId } = useStudyRoom()
  const open = () =>
    openModal({ title: t('chat.history'), children: <PastTexts roomId={roomId} message={message} />, size: 'md' })
  return (
    <>
      {' '}
      <Anchor
        component="button"
        type="button"
        className={classes['note'] ?? ''}
        title={t('chat.history')}
        onClick={open}
      >
        ({t('chat.edited')})
      </Anchor>
    </>
  )
}

function PastTexts({ roomId, message }: { roomId: string; message: ShownMessage }) {
  const { t } = useTranslation(['room', 'common'])
  const hub = useHub()
  const when = useWhen()
  const { data, isError, refetch } = useQuery(
    {
      queryKey: ['past', roomId, message.number, message.revision],
      queryFn: async () => {
        const path = `/api/rooms/${encodeURIComponent(roomId)}/messages/${message.number}/past`
        const answer = await hub.api.get<z.infer<typeof pastTexts>>(path)
        if (isRefusal(answer)) throw new Error(answer.refused)
        return answer.past
      },
      // The archive follows the room: right after an edit it may not have it yet (§5.8).
      refetchInterval: (query) => (query.state.data?.length === 0 ? 1_000 : false),
    },
    queries,
  )
  if (isError)
    return (
      <Stack align="start">
        <Text>{t('common:refusal.unavailable')}</Text>
        <Button onClick={() => void refetch()}>{t('common:retry')}</Button>
      </Stack>
    )
  if (!data)
    return (
      <Text role="status">
        <Loader size="xs" me={8} />
        {t('common:loading')}
      </Text>
    )
  return (
    <Stack gap="sm">
      {data.map((past) => (
        <div key={past.until}>
          <Text size="xs" c="dimmed">
            {t('chat.until', { time: when.full(past.until) })}
          </Text>
          <div className={classes['text']}>
            <Markdown text={past.text} />
          </div>
        </div>
      ))}
      <div>
        <Text size="xs" c="dimmed">
          {t('chat.wordingNow')}
        </Text>
        <div className={classes['text']}>
          <Markdown text={message.text} />
        </div>
      </div>
    </Stack>
  )
}
