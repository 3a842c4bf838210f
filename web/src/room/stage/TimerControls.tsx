import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core'
import {
  IconAdjustments,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlayerStop,
} from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownPhase } from '../../hooks/usePhase.ts'
import { useStudyRoom } from '../roomContext.tsx'
import { useAsk } from '../useAsk.ts'
import { PlanForm } from './PlanForm.tsx'
import { useTimerRights } from './useTimerRights.ts'

/** Start, pause, skip, end of the shared timer, and its plan. */
export function TimerControls({ phase }: { phase: ShownPhase | null }) {
  const { t } = useTranslation('room')
  const room = useStudyRoom()
  const ask = useAsk()
  const [planning, setPlanning] = useState(false)
  const { starts, drives } = useTimerRights()
  if (!(phase ? drives : starts)) return null
  if (phase)
    return (
      <>
        {phase.paused ? (
          <Act label={t('stage.resume')} onClick={() => void ask('timer.resume', {})}>
            <IconPlayerPlay size={20} />
          </Act>
        ) : (
          <Act label={t('stage.pause')} onClick={() => void ask('timer.pause', {})}>
            <IconPlayerPause size={20} />
          </Act>
        )}
        <Act label={t('stage.skip')} onClick={() => void ask('timer.skip', { index: phase.index })}>
          <IconPlayerSkipForward size={20} />
        </Act>
        <Act label={t('stage.stopTimer')} onClick={() => void ask('timer.stop', {})}>
          <IconPlayerStop size={20} />
        </Act>
      </>
    )
  const { focusMs, breakMs, longBreakMs, rounds, autoRestart } = room.state.timer
  return (
    <>
      <Button
        variant="default"
        size="md"
        leftSection={<IconPlayerPlay size={18} />}
        onClick={() => void ask('timer.start', {})}
      >
        {t('stage.startTimer')}
      </Button>
      <Popover opened={planning} onChange={setPlanning} position="bottom" shadow="md" trapFocus>
        <Popover.Target>
          <ActionIcon size={44} variant="default" aria-label={t('stage.plan')} onClick={() => setPlanning(!planning)}>
            <IconAdjustments size={20} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <PlanForm
            plan={{ focusMs, breakMs, longBreakMs, rounds, autoRestart }}
            onStart={(plan) => {
              setPlanning(false)
              void ask('timer.start', { plan })
            }}
          />
        </Popover.Dropdown>
      </Popover>
    </>
  )
}

const Act = ({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) => (
  <Tooltip label={label}>
    <ActionIcon size={44} variant="default" radius="xl" aria-label={label} onClick={onClick}>
      {children}
    </ActionIcon>
  </Tooltip>
)
