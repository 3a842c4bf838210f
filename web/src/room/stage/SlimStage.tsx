import { Button, Text } from '@mantine/core'
import { IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PhaseRing } from '../../common/PhaseRing.tsx'
import { clockOf, longClockOf } from '../../common/time.ts'
import type { useMyClock } from '../../hooks/useMyClock.ts'
import type { ShownPhase } from '../../hooks/usePhase.ts'
import classes from '../room.module.css'
import { useAsk } from '../useAsk.ts'
import { TimerControls } from './TimerControls.tsx'

type Props = { phase: ShownPhase | null; mine: ReturnType<typeof useMyClock> }

/** Time in one line, above a shared screen or faces. */
export function SlimStage({ phase, mine }: Props) {
  const { t } = useTranslation(['room', 'common'])
  const ask = useAsk()
  return (
    <section className={classes['slim']} aria-label={t('stage.label')}>
      <PhaseRing size={52} stroke={6} phase={phase?.name ?? 'idle'} share={phase?.share ?? 0} />
      {phase && (
        <div>
          <Text size="sm" c="dimmed">
            {t(phase.paused ? 'common:phase.paused' : `common:phase.${phase.name}`)}
          </Text>
          <div className={classes['slimTime']} role="timer">
            {clockOf(phase.leftMs)}
          </div>
        </div>
      )}
      <div className={classes['grow']}>
        <Text size="sm" c="dimmed">
          {t('stage.today')}
        </Text>
        <div className={classes['slimTime']} style={{ color: mine.running ? 'var(--sh-focus)' : undefined }}>
          {longClockOf(mine.ms)}
        </div>
      </div>
      <Button
        size="md"
        radius="xl"
        variant={mine.on ? 'default' : 'filled'}
        leftSection={mine.on ? <IconPlayerStopFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
        onClick={() => void ask(mine.on ? 'study.stop' : 'study.start', {})}
      >
        {t(mine.on ? 'stage.stop' : 'stage.start')}
      </Button>
      <TimerControls phase={phase} />
    </section>
  )
}
