import { Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { Face } from '../common/Face.tsx'
import { useStore } from '../hooks/useStore.ts'
import classes from '../lobby/lobby.module.css'
import { Unread } from '../lobby/Unread.tsx'
import { useMyRooms } from '../lobby/useMyRooms.ts'
import { GroupFace } from './GroupFace.tsx'
import { useMyGroups } from './useGroups.ts'
import './words.ts'

/** The lobby's first rows: the rooms of my groups, with who is in them now. */
export function MyGroups() {
  const { t } = useTranslation('groups')
  const live = useStore(useHub().lobby.view).groupRooms
  const mine = useMyGroups()
  const unread = new Map(useMyRooms()?.map((room) => [room.id, room.unread]))
  if (!mine || isRefusal(mine) || mine.groups.length === 0) return null
  const cards = new Map(live.map((card) => [card.id, card]))
  return (
    <section aria-labelledby="my-groups">
      <Title order={2} size="h5" id="my-groups" mb={8}>
        {t('myGroups')}
      </Title>
      <ul className={classes['mine']}>
        {mine.groups.flatMap((group) =>
          group.rooms.length === 0
            ? [
                <li key={group.id}>
                  <Link to="/groups/$groupId" params={{ groupId: group.id }} className={classes['mineItem']}>
                    <GroupFace group={group} size={28} />
                    <span style={{ minWidth: 0 }}>
                      <Text fw={600} truncate>
                        {group.name}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {t('noRooms')}
                      </Text>
                    </span>
                  </Link>
                </li>,
              ]
            : group.rooms.map((room) => {
                const card = cards.get(room.id) ?? room
                return (
                  <li key={room.id}>
                    <Link to="/rooms/$roomId" params={{ roomId: room.id }} className={classes['mineItem']}>
                      <GroupFace group={group} size={28} />
                      <span style={{ minWidth: 0, flex: 1 }}>
                        <Text fw={600} truncate>
                          {card.name}
                        </Text>
                        <Text size="xs" c="dimmed" truncate>
                          {group.name} · {card.members === 0 ? t('asleep') : t('here', { count: card.members })}
                        </Text>
                      </span>
                      {card.faces.slice(0, 3).map(({ userId, name, image }) => (
                        <Face key={userId} id={userId} name={name} image={image} size={24} />
                      ))}
                      <Unread count={unread.get(room.id) ?? 0} />
                    </Link>
                  </li>
                )
              }),
        )}
      </ul>
    </section>
  )
}
