import { Text } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaHandle } from '#client/media/types.ts'
import { DeviceSelect } from './DeviceSelect.tsx'
import { FailureNote } from './FailureNote.tsx'
import { LevelMeter } from './LevelMeter.tsx'
import { useTrial } from './useTrial.ts'

/** The microphone, with a bar that moves when it hears something. */
export function MicrophoneTrial({ media, onBarred }: { media: MediaHandle; onBarred: (barred: boolean) => void }) {
  const { t } = useTranslation('media')
  const { track, failure, asking, again } = useTrial(media, 'microphone', true)
  useEffect(() => onBarred(failure !== null), [failure, onBarred])
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <DeviceSelect media={media} kind="microphone" onChosen={again} />
      {failure ? (
        <FailureNote what="microphone" failure={failure} onAgain={again} />
      ) : (
        <>
          <LevelMeter track={track} />
          <Text size="sm" c="dimmed" role="status">
            {t(asking ? 'devices.asking' : 'devices.quiet')}
          </Text>
        </>
      )}
    </div>
  )
}
