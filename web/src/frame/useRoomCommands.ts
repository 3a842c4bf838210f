import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { phaseAt } from '#schemas/timer/phases.ts'
import { copyText } from '../common/copyText.tsx'
import { useRoom } from '../hooks/useRoom.ts'
import { useVoiceCommands } from '../media/useVoiceCommands.ts'
import { useHand } from '../room/people/useHand.ts'
import { useMyRole, useStudyRoom } from '../room/roomContext.tsx'
import { showOfRoom } from '../room/roomScreen.ts'
import { useTimerRights } from '../room/stage/useTimerRights.ts'
import { useAsk } from '../room/useAsk.ts'
import type { Entry } from './paletteEntries.ts'
import { useLeave } from './useLeave.ts'

/** What can be done in the room one sits in, for the palette: only what the room would allow. */
export function useRoomCommands(): Entry[] {
  const { t } = useTranslation(['room', 'common'])
  const room = useStudyRoom()
  const ask = useAsk()
  const leave = useLeave()
  const hand = useHand(room)
  const navigate = useNavigate()
  const { moderates } = useMyRole()
  const { starts, drives } = useTimerRights()
  const now = useRoom(room, (s) => ({
    studying: s.members.get(room.me)?.studying ?? false,
    away: s.members.get(room.me)?.status === 'away',
    hand: s.hands.some((h) => h.userId === room.me),
    locked: s.locked,
    paused: s.timer.pausedAt > 0,
  }))
  const voice = useVoiceCommands(room)
  const phase = phaseAt(room.state.timer, room.now())
  const inRoom = async (part: { focus?: boolean; settings?: boolean }) => {
    await navigate({ to: '/rooms/$roomId', params: { roomId: room.roomId } })
    showOfRoom(part)
  }
  return [
    {
      id: 'study',
      label: t(now.studying ? 'stage.stop' : 'stage.start'),
      hint: 'T',
      run: () => void ask(now.studying ? 'study.stop' : 'study.start', {}),
    },
    { id: 'hand', label: t(now.hand ? 'hands.lower' : 'hands.raise'), hint: 'H', run: hand.toggle },
    { id: 'focus', label: t('focusMode'), hint: 'F', run: () => void inRoom({ focus: true }) },
    ...voice,
    {
      id: 'away',
      label: t(now.away ? 'desks.status.setHere' : 'desks.status.setAway'),
      run: () => void ask('member.setStatus', { status: now.away ? 'here' : 'away' }),
    },
    ...(phase === null && starts
      ? [{ id: 'timer', label: t('stage.startTimer'), run: () => void ask('timer.start', {}) }]
      : []),
    ...(phase !== null && drives
      ? [
          {
            id: 'pause',
            label: t(now.paused ? 'stage.resume' : 'stage.pause'),
            run: () => void ask(now.paused ? 'timer.resume' : 'timer.pause', {}),
          },
          { id: 'skip', label: t('stage.skip'), run: () => void ask('timer.skip', { index: phase.index }) },
          { id: 'endTimer', label: t('stage.stopTimer'), run: () => void ask('timer.stop', {}) },
        ]
      : []),
    {
      id: 'invite',
      label: t('invite'),
      run: () => void copyText(`${location.origin}/rooms/${room.roomId}`, t('invited')),
    },
    ...(moderates
      ? [
          {
            id: 'lock',
            label: t(now.locked ? 'unlock' : 'lock'),
            run: () => void ask('room.change', { locked: !now.locked }),
          },
          { id: 'roomSettings', label: t('settings'), run: () => void inRoom({ settings: true }) },
        ]
      : []),
    { id: 'back', label: t('common:backToRoom'), run: () => void inRoom({}) },
    { id: 'leave', label: t('common:leave'), run: () => void leave() },
  ]
}
