import { Menu } from '@mantine/core'
import { openModal } from '@mantine/modals'
import {
  IconAlertTriangle,
  IconBan,
  IconCoffee,
  IconCrown,
  IconHandStop,
  IconMessageOff,
  IconShield,
  IconUserCircle,
  IconUserX,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isRefusal } from '#schemas/refusals.ts'
import { sayUndo } from '../../common/sayUndo.tsx'
import { useRoom } from '../../hooks/useRoom.ts'
import { MemberMedia } from '../../media/MemberMedia.tsx'
import { showCard } from '../../people/shownCard.ts'
import { RoomContext, useMyRole, useStudyRoom } from '../roomContext.tsx'
import { useAsk } from '../useAsk.ts'
import { type Act, ActForm } from './ActForm.tsx'
import { useHand } from './useHand.ts'

/** What I may do with this member (or with myself). The room decides; this shows only what it would allow. */
export function MemberActs({ userId, name }: { userId: string; name: string }) {
  const { t } = useTranslation(['room', 'people'])
  const room = useStudyRoom()
  const ask = useAsk()
  const hand = useHand(room)
  const mine = useMyRole()
  const them = useRoom(room, (s) => {
    const m = s.members.get(userId)
    return {
      owner: s.owner === userId,
      // A group gives the roles of its rooms.
      byGroup: s.group !== '',
      moderator: m?.role === 'moderator',
      muted: m?.muted ?? false,
      status: m?.status ?? 'here',
      hand: s.hands.some((h) => h.userId === userId),
    }
  })
  const mute = async (on: boolean) => {
    const answer = await ask('member.mute', { userId, on })
    if (on && !isRefusal(answer))
      sayUndo(t('acts.mutedNow', { name }), () => void ask('member.mute', { userId, on: false }))
  }
  if (userId === room.me)
    return (
      <>
        <Menu.Item
          leftSection={<IconCoffee size={16} />}
          onClick={() => void ask('member.setStatus', { status: them.status === 'away' ? 'here' : 'away' })}
        >
          {t(them.status === 'away' ? 'desks.status.setHere' : 'desks.status.setAway')}
        </Menu.Item>
        <Menu.Item leftSection={<IconHandStop size={16} />} onClick={hand.toggle}>
          {t(them.hand ? 'hands.lower' : 'hands.raise')}
        </Menu.Item>
      </>
    )
  const allowed = mine.moderates && !them.owner && (mine.owns || !them.moderator)
  const open = (act: Act) =>
    openModal({
      title: t(`acts.confirm${act}`, { name }),
      children: (
        <RoomContext value={room}>
          <ActForm act={act} userId={userId} name={name} />
        </RoomContext>
      ),
    })
  const profile = (
    <Menu.Item leftSection={<IconUserCircle size={16} />} onClick={() => showCard(userId)}>
      {t('people:act.profile')}
    </Menu.Item>
  )
  if (!allowed)
    return (
      <>
        <Menu.Label>{name}</Menu.Label>
        {profile}
        <MemberMedia room={room} userId={userId} name={name} />
      </>
    )
  return (
    <>
      <Menu.Label>{name}</Menu.Label>
      {profile}
      {them.hand && (
        <Menu.Item leftSection={<IconHandStop size={16} />} onClick={() => void ask('hand.lower', { userId })}>
          {t('hands.lower')}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconMessageOff size={16} />} onClick={() => void mute(!them.muted)}>
        {t(them.muted ? 'acts.unmute' : 'acts.mute')}
      </Menu.Item>
      {mine.owns && !them.byGroup && (
        <>
          <Menu.Item
            leftSection={<IconShield size={16} />}
            onClick={() => void ask('member.setModerator', { userId, on: !them.moderator })}
          >
            {t(them.moderator ? 'acts.takeModerator' : 'acts.makeModerator')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCrown size={16} />} onClick={() => open('Delegate')}>
            {t('acts.delegate')}
          </Menu.Item>
        </>
      )}
      <MemberMedia room={room} userId={userId} name={name} />
      <Menu.Divider />
      <Menu.Item leftSection={<IconAlertTriangle size={16} />} onClick={() => open('Warn')}>
        {t('acts.warn')}
      </Menu.Item>
      <Menu.Item color="var(--sh-danger)" leftSection={<IconUserX size={16} />} onClick={() => open('Kick')}>
        {t('acts.kick')}
      </Menu.Item>
      <Menu.Item color="var(--sh-danger)" leftSection={<IconBan size={16} />} onClick={() => open('Ban')}>
        {t('acts.ban')}
      </Menu.Item>
    </>
  )
}
