import { Button } from '@mantine/core'
import { IconEye, IconScreenShare } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { ShareMenu, useShareBarred } from './ShareControl.tsx'
import { isIn, useMediaView } from './useMedia.ts'
import { enterVoice } from './voiceActs.ts'
import './words.ts'

/** Shares right from where the screen's owner is told; comes into the voice first if need be. Nothing while one shares or may not. */
export function StartSharing({ room }: { room: StudyHandle }) {
  const { t } = useTranslation('media')
  const barred = useShareBarred(room)
  const sharing = useMediaView(room.media).own.some((one) => one.source === 'screen')
  if (sharing || barred !== null) return null
  return (
    <ShareMenu room={room}>
      <Button variant="default" leftSection={<IconScreenShare size={18} />}>
        {t('share.start')}
      </Button>
    </ShareMenu>
  )
}

/** For whoever is not in the voice while somebody shows a screen there. */
export function WatchScreen({ room }: { room: StudyHandle }) {
  const { t } = useTranslation('media')
  if (isIn(useMediaView(room.media))) return null
  return (
    <Button variant="light" leftSection={<IconEye size={18} />} onClick={() => void enterVoice(room)}>
      {t('share.watch')}
    </Button>
  )
}
