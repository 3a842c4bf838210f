import { Button, Group, Text } from '@mantine/core'
import { IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { nextPhase } from '#schemas/timer/phases.ts'
import { PhaseRing } from '../../common/PhaseRing.tsx'
import { clockOf, longClockOf } from '../../common/time.ts'
import { useNarrow } from '../../frame/useNarrow.ts'
import { useMyClock } from '../../hooks/useMyClock.ts'
import { usePhase } from '../../hooks/usePhase.ts'
import classes from '../room.module.css'
import { useStudyRoom } from '../roomContext.tsx'
import { useAsk } from '../useAsk.ts'
import { Missed } from './Missed.tsx'
import { SlimStage } from './SlimStage.tsx'
import { TimerControls } from './TimerControls.tsx'

/** The largest thing in the room is time: the shared phase and my own running minutes (UX principle 2). `alone`: nothing else is to be seen; `slim`: a screen or faces are. */
export function Stage({ alone = false, slim = false }: { alone?: boolean; slim?: boolean }) {
  const { t } = useTranslation(['room', 'common'])
  const room = useStudyRoom()
  const ask = useAsk()
  const narrow = useNarrow()
  const phase = usePhase(room)
  const mine = useMyClock(room)
  const { timer } = room.state
  const next = phase && nextPhase(timer, room.now())
  const held = mine.on && !mine.running && phase !== null && phase.name !== 'focus' && !phase.paused
  if (slim) return <SlimStage phase={phase} mine={mine} />
  const size = narrow ? 220 : alone ? 320 : 248
  return (
    <section className={classes['stage']} data-alone={alone || undefined} aria-label={t('stage.label')}>
      <PhaseRing size={size} stroke={12} phase={phase?.name ?? 'idle'} share={phase?.share ?? 0}>
        {phase ? (
          <div>
            <Text
              fw={600}
              c={
                phase.name === 'focus'
                  ? 'var(--sh-focus)'
                  : phase.name === 'break'
                    ? 'var(--sh-break)'
                    : 'var(--sh-long)'
              }
            >
              {t(phase.paused ? 'common:phase.paused' : `common:phase.${phase.name}`)}
            </Text>
            <div className={classes['big']} role="timer">
              {clockOf(phase.leftMs)}
            </div>
            <Text size="sm" c="dimmed">
              {phase.name === 'focus'
                ? t('stage.round', { round: phase.round, rounds: timer.rounds })
                : next
                  ? t('stage.next', { phase: t(`common:phase.${next.name}`) })
                  : t('stage.last')}
            </Text>
          </div>
        ) : (
          <div>
            <Text size="sm" c="dimmed">
              {t('stage.today')}
            </Text>
            <div className={`${classes['big']} ${classes['hours']}`}>{longClockOf(mine.ms)}</div>
          </div>
        )}
      </PhaseRing>
      <div className={classes['beside']}>
        {phase && (
          <div>
            <Text size="sm" c="dimmed">
              {t('stage.today')}
            </Text>
            <div className={classes['today']} style={{ color: mine.running ? 'var(--sh-focus)' : undefined }}>
              {longClockOf(mine.ms)}
            </div>
          </div>
        )}
        <Button
          size="xl"
          radius="xl"
          miw={240}
          variant={mine.on ? 'default' : 'filled'}
          leftSection={mine.on ? <IconPlayerStopFilled size={20} /> : <IconPlayerPlayFilled size={20} />}
          onClick={() => void ask(mine.on ? 'study.stop' : 'study.start', {})}
        >
          {t(mine.on ? 'stage.stop' : 'stage.start')}
        </Button>
        {held && (
          <Text size="sm" c="dimmed" role="status">
            {t('stage.heldByBreak')}
          </Text>
        )}
        <Missed />
        <Group gap={8} justify="center">
          <TimerControls phase={phase} />
        </Group>
      </div>
    </section>
  )
}
