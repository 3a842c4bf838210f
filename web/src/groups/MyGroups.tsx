import { useTranslation } from 'react-i18next'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { Face } from '../common/Face.tsx'
import { useStore } from '../hooks/useStore.ts'
import { PlaceLink, PlaceStrip } from '../lobby/PlaceStrip.tsx'
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
    <PlaceStrip id="my-groups" title={t('myGroups')}>
      {mine.groups.flatMap((group) => {
        const icon = <GroupFace group={group} size={28} />
        const { id, name } = group
        if (group.rooms.length === 0)
          return [
            <li key={id}>
              <PlaceLink
                to="/groups/$groupId"
                params={{ groupId: id }}
                icon={icon}
                name={name}
                text={t(group.role === 'member' ? 'noRooms' : 'firstRoom')}
              />
            </li>,
          ]
        return group.rooms.map((room) => {
          const card = cards.get(room.id) ?? room
          const here = card.members === 0 ? t('asleep') : t('here', { count: card.members })
          return (
            <li key={room.id}>
              <PlaceLink
                to="/rooms/$roomId"
                params={{ roomId: room.id }}
                icon={icon}
                name={card.name}
                text={`${name} · ${here}`}
              >
                {card.faces.slice(0, 3).map((face) => (
                  <Face key={face.userId} id={face.userId} name={face.name} image={face.image} size={24} />
                ))}
                <Unread count={unread.get(room.id) ?? 0} />
              </PlaceLink>
            </li>
          )
        })
      })}
    </PlaceStrip>
  )
}
