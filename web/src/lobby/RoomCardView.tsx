import { Badge, Text, VisuallyHidden } from '@mantine/core'
import { IconKey, IconLamp2, IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RoomCard } from '#schemas/messages/lobby.ts'
import { phaseAt } from '#schemas/timer/phases.ts'
import { Face } from '../common/Face.tsx'
import { LinkCard } from '../common/links.tsx'
import { PhaseRing } from '../common/PhaseRing.tsx'
import { clockOf } from '../common/time.ts'
import classes from './lobby.module.css'

export function RoomCardView({ room, now }: { room: RoomCard; now: number }) {
  const { t } = useTranslation(['lobby', 'common'])
  const phase = room.timer && phaseAt(room.timer, now)
  const paused = (room.timer?.pausedAt ?? 0) > 0
  const left = phase ? phase.endsAt - (paused ? (room.timer?.pausedAt ?? 0) : now) : 0
  const full = room.members >= room.capacity
  return (
    <LinkCard
      to="/rooms/$roomId"
      params={{ roomId: room.id }}
      className={classes['card']}
      data-lit={room.studying > 0 || undefined}
    >
      <div className={classes['top']}>
        <div style={{ minWidth: 0 }}>
          <div className={classes['name']}>{room.name}</div>
          <div className={classes['meta']}>
            <span>{t(`common:level.${room.level}`)}</span>
            {room.locked && (
              <Badge variant="light" color="gray" leftSection={<IconLock size={12} aria-hidden />}>
                {t('locked')}
              </Badge>
            )}
            {room.hasPassword && (
              <Badge variant="light" color="gray" leftSection={<IconKey size={12} aria-hidden />}>
                {t('password')}
              </Badge>
            )}
            {room.tags.map((tag) => (
              <span key={tag}>#{tag}</span>
            ))}
          </div>
        </div>
        {phase && (
          <div style={{ textAlign: 'center' }}>
            <PhaseRing size={52} stroke={5} phase={phase.name} share={left / (phase.endsAt - phase.startsAt)}>
              <span style={{ fontSize: 11, fontWeight: 650 }}>{clockOf(left)}</span>
            </PhaseRing>
            <Text size="xs" c="dimmed" mt={2}>
              {t(paused ? 'common:phase.paused' : `common:phase.${phase.name}`)}
            </Text>
          </div>
        )}
      </div>
      <div className={classes['foot']}>
        <div className={classes['faces']}>
          {room.faces.map((face) => (
            <Face key={face.userId} id={face.userId} name={face.name} image={face.image} size={32} />
          ))}
          {room.members > room.faces.length && (
            <Text size="sm" c="dimmed" ms={6} style={{ boxShadow: 'none' }}>
              +{room.members - room.faces.length}
            </Text>
          )}
        </div>
        {room.studying > 0 && (
          <span className={classes['lit']}>
            <IconLamp2 size={16} aria-hidden />
            {t('studyingHere', { count: room.studying })}
          </span>
        )}
        <Text fw={600} {...(full && { c: 'dimmed' })}>
          {full ? `${t('full')} · ` : ''}
          <span aria-hidden>
            {room.members}/{room.capacity}
          </span>
          <VisuallyHidden>{t('seats', { taken: room.members, all: room.capacity })}</VisuallyHidden>
        </Text>
      </div>
    </LinkCard>
  )
}
