import { Menu, UnstyledButton } from '@mantine/core'
import { IconCrown, IconHandStop, IconMessageOff, IconScreenShare, IconShield } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Face } from '../../common/Face.tsx'
import { Mark } from '../../common/Mark.tsx'
import { longClockOf } from '../../common/time.ts'
import { useMemberClock } from '../../hooks/useMyClock.ts'
import { useRoom } from '../../hooks/useRoom.ts'
import { DeskMarks } from '../../media/DeskMarks.tsx'
import { SpeakingRing } from '../../media/SpeakingRing.tsx'
import { MemberActs } from '../people/MemberActs.tsx'
import classes from '../room.module.css'
import { useStudyRoom } from '../roomContext.tsx'
import { deskOf } from './deskState.ts'

/** One member's desk: it lights while its owner studies. What may be done with the member opens from here. */
export const Desk = memo(({ userId }: { userId: string }) => {
  const { t } = useTranslation('room')
  const room = useStudyRoom()
  const desk = useRoom(room, (s) => deskOf(s, userId))
  if (!desk) return null
  const me = userId === room.me
  return (
    <Menu position="bottom" withArrow>
      <Menu.Target>
        <UnstyledButton
          className={classes['desk']}
          data-lit={desk.what === 'studying' || undefined}
          data-returning={desk.what === 'returning' || undefined}
        >
          <span className={classes['corner']}>
            {desk.owner && <Mark label={t('role.owner')} icon={<IconCrown size={16} />} />}
            {!desk.owner && desk.moderator && <Mark label={t('role.moderator')} icon={<IconShield size={16} />} />}
            {desk.muted && <Mark label={t('acts.muted')} icon={<IconMessageOff size={16} />} />}
            {desk.sharing && <Mark label={t('desks.state.sharing')} icon={<IconScreenShare size={16} />} />}
            {desk.hand && <Mark label={t('desks.state.hand')} icon={<IconHandStop size={16} />} />}
          </span>
          <span className={classes['cornerStart']}>
            <DeskMarks room={room} userId={userId} />
          </span>
          <span style={{ position: 'relative', lineHeight: 0 }}>
            <Face id={userId} name={desk.name} image={desk.image} size={46} />
            <SpeakingRing room={room} userId={userId} />
          </span>
          <span className={classes['deskName']}>
            <span>{desk.name}</span>
            {me && ` · ${t('desks.you')}`}
          </span>
          <DeskClock userId={userId} />
          <span className={classes['deskState']}>{t(`desks.state.${desk.what}`)}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <MemberActs userId={userId} name={desk.name} />
      </Menu.Dropdown>
    </Menu>
  )
})

/** Apart from the desk: it changes every second, and a hundred desks with their menus do not have to. */
function DeskClock({ userId }: { userId: string }) {
  const clock = useMemberClock(useStudyRoom(), userId)
  return <span className={classes['deskTime']}>{longClockOf(clock.ms)}</span>
}
