import { IconHeadphones } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { Control } from './Control.tsx'
import { MicControl } from './MicControl.tsx'
import { isIn, useMediaView, useUnavailable } from './useMedia.ts'
import { VoiceStatus } from './VoiceBar.tsx'
import { LeaveVoice } from './VoiceControls.tsx'
import { enterVoice } from './voiceActs.ts'
import './words.ts'

/** The voice on every other screen: microphone and leave; or the way in. */
export function PlaceVoice({ room }: { room: StudyHandle }) {
  const { t } = useTranslation('media')
  const view = useMediaView(room.media)
  const unavailable = useUnavailable(room)
  if (isIn(view))
    return (
      <>
        <VoiceStatus room={room} />
        <MicControl room={room} />
        <LeaveVoice room={room} />
      </>
    )
  if (unavailable !== '') return null
  return (
    <Control label={t('voice.joinHint')} busy={view.status === 'joining'} onClick={() => void enterVoice(room)}>
      <IconHeadphones size={20} />
    </Control>
  )
}
