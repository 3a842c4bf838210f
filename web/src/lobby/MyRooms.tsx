import { Text, Title } from '@mantine/core'
import { IconHome2 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isRefusal } from '#schemas/refusals.ts'
import { useMyGroups } from '../groups/useGroups.ts'
import classes from './lobby.module.css'
import { Unread } from './Unread.tsx'
import { useMyRooms } from './useMyRooms.ts'

/** Rooms that stay and those I own, with what I have not read. Those of my groups stand with the groups. */
export function MyRooms() {
  const { t } = useTranslation('lobby')
  const all = useMyRooms()
  const mine = useMyGroups()
  if (!all || !mine) return null
  const ofGroups = new Set(isRefusal(mine) ? [] : mine.groups.flatMap(({ rooms }) => rooms.map(({ id }) => id)))
  const rooms = all.filter(({ id }) => !ofGroups.has(id))
  if (rooms.length === 0) return null
  return (
    <section aria-labelledby="my-rooms">
      <Title order={2} size="h5" id="my-rooms" mb={8}>
        {t('myRooms')}
      </Title>
      <ul className={classes['mine']}>
        {rooms.map((room) => (
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
              <Unread count={room.unread} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
