import { ActionIcon, Button, Text } from '@mantine/core'
import { IconDoorExit } from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { usePlace } from '../app/hub.tsx'
import { PhaseRing } from '../common/PhaseRing.tsx'
import { clockOf } from '../common/time.ts'
import { useMyClock } from '../hooks/useMyClock.ts'
import { usePhase } from '../hooks/usePhase.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { PlaceVoice } from '../media/PlaceVoice.tsx'
import classes from './PlaceBar.module.css'
import { useLeave } from './useLeave.ts'
import { useNarrow } from './useNarrow.ts'

/** The room one sits in, on every other screen (UX principle 1): name, phase, time left, own clock, leave. */
export function PlaceBar() {
  const place = usePlace()
  const path = useRouterState({ select: (s) => s.location.pathname })
  if (place.status !== 'in' || path === `/rooms/${place.roomId}`) return null
  return <Bar room={place.room} />
}

function Bar({ room }: { room: StudyHandle }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const name = useRoom(room, (s) => s.name)
  const phase = usePhase(room)
  const mine = useMyClock(room)
  const leave = useLeave()
  return (
    <section className={classes['bar']} aria-label={name}>
      <Link to="/rooms/$roomId" params={{ roomId: room.roomId }} className={classes['back']} title={t('backToRoom')}>
        <PhaseRing size={36} stroke={4} phase={phase?.name ?? 'idle'} share={phase?.share ?? 0} />
        <span style={{ minWidth: 0 }}>
          <span className={classes['name']} style={{ display: 'block' }}>
            {name}
          </span>
          <span className={classes['phase']}>
            {phase
              ? `${t(phase.paused ? 'phase.paused' : `phase.${phase.name}`)} · ${clockOf(phase.leftMs)}`
              : t('phase.none')}
          </span>
        </span>
      </Link>
      <Text className={classes['clock'] ?? ''} fw={650} c={mine.running ? 'var(--sh-focus)' : 'dimmed'}>
        {clockOf(mine.ms)}
      </Text>
      <PlaceVoice room={room} />
      {narrow ? (
        <ActionIcon size={44} variant="subtle" color="gray" aria-label={t('leave')} onClick={() => void leave()}>
          <IconDoorExit size={20} />
        </ActionIcon>
      ) : (
        <Button variant="default" leftSection={<IconDoorExit size={18} />} onClick={() => void leave()}>
          {t('leave')}
        </Button>
      )}
    </section>
  )
}
