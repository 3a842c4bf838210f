import { Button } from '@mantine/core'
import { IconVideo, IconVideoOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaHandle } from '#client/media/types.ts'
import { DeviceSelect } from './DeviceSelect.tsx'
import { FailureNote } from './FailureNote.tsx'
import classes from './media.module.css'
import { useTrial } from './useTrial.ts'
import { VideoOf } from './VideoOf.tsx'

/** The camera, as others would see it; it opens only when it is asked for. */
export function CameraTrial({ media }: { media: MediaHandle }) {
  const { t } = useTranslation('media')
  const [on, setOn] = useState(false)
  const { track, failure, asking, again } = useTrial(media, 'camera', on)
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <DeviceSelect media={media} kind="camera" onChosen={again} />
      {track && (
        <div className={classes['preview']}>
          <VideoOf track={track} label={t('devices.previewOf')} />
        </div>
      )}
      {failure && <FailureNote what="camera" failure={failure} onAgain={again} />}
      <Button
        variant="default"
        size="md"
        loading={asking}
        leftSection={on ? <IconVideoOff size={18} /> : <IconVideo size={18} />}
        onClick={() => setOn(!on)}
      >
        {t(on ? 'devices.stopPreview' : 'devices.preview')}
      </Button>
    </div>
  )
}
