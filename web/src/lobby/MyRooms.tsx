import { IconHome2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isRefusal } from '#schemas/refusals.ts'
import { useMyGroups } from '../groups/useGroups.ts'
import { PlaceLink, PlaceStrip } from './PlaceStrip.tsx'
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
    <PlaceStrip id="my-rooms" title={t('myRooms')}>
      {rooms.map((room) => (
        <li key={room.id}>
          <PlaceLink
            to="/rooms/$roomId"
            params={{ roomId: room.id }}
            icon={<IconHome2 size={20} stroke={1.6} aria-hidden style={{ flex: 'none', opacity: 0.7 }} />}
            name={room.name}
            text={room.live ? t('online', { count: room.members }) : t('asleep')}
          >
            <Unread count={room.unread} />
          </PlaceLink>
        </li>
      ))}
    </PlaceStrip>
  )
}
