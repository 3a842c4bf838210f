import { Button, Stack } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ConnectionBanner } from '../frame/ConnectionBanner.tsx'
import { LiveMicrophone } from '../media/LiveMicrophone.tsx'
import classes from './room.module.css'
import { Stage } from './stage/Stage.tsx'

/** Hides all but time and keeps the screen awake (UX principle 2); Esc or F leads back. */
export function FocusMode({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation('room')
  useHotkeys([['Escape', onLeave]])
  useEffect(() => {
    let lock: WakeLockSentinel | null = null
    let gone = false
    // Refused on low battery or where the browser lacks it: studying goes on without.
    navigator.wakeLock?.request('screen').then(
      (got) => {
        if (gone) void got.release()
        else lock = got
      },
      () => {},
    )
    return () => {
      gone = true
      void lock?.release()
    }
  }, [])
  return (
    <div className={classes['alone']}>
      <ConnectionBanner />
      <Stack align="center" justify="center" flex={1} gap="xl" p="md">
        <Stage alone />
        <LiveMicrophone />
        <Button variant="subtle" color="gray" onClick={onLeave}>
          {t('leaveFocusMode')}
        </Button>
      </Stack>
    </div>
  )
}
