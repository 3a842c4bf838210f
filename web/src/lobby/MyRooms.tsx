import { Text, Title } from '@mantine/core'
import { IconHome2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { MyRooms as MyRoomsBody } from '#schemas/api/rooms.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'
import classes from './lobby.module.css'

/** Rooms that stay and those I own, with what I have not read. */
export function MyRooms() {
  const { t } = useTranslation('lobby')
  const hub = useHub()
  const { data } = useQuery(
    {
      queryKey: ['rooms', 'mine'],
      // Coming back from a room, what was just read or marked unread there must show.
      staleTime: 0,
      refetchInterval: 15_000,
      queryFn: async () => {
        const answer = await hub.api.get<MyRoomsBody>('/api/rooms/mine')
        return isRefusal(answer) ? { rooms: [], next: null } : answer
      },
    },
    queries,
  )
  if (!data || data.rooms.length === 0) return null
  return (
    <section aria-labelledby="my-rooms">
      <Title order={2} size="h5" id="my-rooms" mb={8}>
        {t('myRooms')}
      </Title>
      <ul className={classes['mine']}>
        {data.rooms.map((room) => (
          <li key={room.id}>
            <Link to="/rooms/$roomId" params={{ roomId: room.id }} className={classes['mineItem']}>
              <IconHome2 size={20} stroke={1.6} aria-hidden style={{ flex: 'none', opacity: 0.7 }} />
              <span style={{ minWidth: 0 }}>
                <Text fw={600} truncate>
                  {room.name}
                </Text>
                <Text size="xs" c="dimmed">
                  {room.live ? t('online', { count: room.members }) : t('asleep')}
                </Text>
              </span>
              {room.unread > 0 && (
                <span className={classes['badge']} title={t('unread', { count: room.unread })}>
                  <span aria-hidden>{room.unread > 999 ? '999+' : room.unread}</span>
                  <span className="mantine-visually-hidden">{t('unread', { count: room.unread })}</span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
