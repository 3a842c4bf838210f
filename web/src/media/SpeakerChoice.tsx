import { Button } from '@mantine/core'
import { IconVolume } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MediaHandle } from '#client/media/types.ts'
import { ring } from '../common/ring.ts'
import { DeviceSelect } from './DeviceSelect.tsx'

/** Where one hears, in browsers that can choose; elsewhere the system does. */
export function SpeakerChoice({ media }: { media: MediaHandle }) {
  const { t } = useTranslation('media')
  const canChoose = 'setSinkId' in HTMLMediaElement.prototype
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      {canChoose && <DeviceSelect media={media} kind="speaker" />}
      <Button
        variant="default"
        size="md"
        leftSection={<IconVolume size={18} />}
        onClick={() => void ring('break', media.devices.get().chosen.speaker)}
      >
        {t('devices.test')}
      </Button>
    </div>
  )
}
