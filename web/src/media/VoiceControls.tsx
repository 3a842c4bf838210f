import { IconHeadphones, IconHeadphonesOff, IconPhoneOff, IconVideo, IconVideoOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { Control } from './Control.tsx'
import { MicControl } from './MicControl.tsx'
import { showRule } from './rules.ts'
import { ShareControl } from './ShareControl.tsx'
import { useMediaView } from './useMedia.ts'
import { VoiceMenu } from './VoiceMenu.tsx'
import { toggleCamera, toggleEars } from './voiceActs.ts'

/** All that one does with voice and video while one is in it, within reach of a thumb on a phone. */
export function VoiceControls({ room }: { room: StudyHandle }) {
  const { t } = useTranslation('media')
  const { media } = room
  const { own, deafened } = useMediaView(media)
  const rule = useRoom(room, (s) => showRule(s, room.me, 'camera'))
  const camera = own.some((one) => one.source === 'camera')
  return (
    <>
      <MicControl room={room} />
      <Control
        label={t(camera ? 'camera.off' : 'camera.on')}
        hotkey="V"
        look={camera ? 'live' : 'plain'}
        pressed={camera}
        why={rule === 'free' || camera ? null : t(`camera.${rule}`)}
        onClick={() => void toggleCamera(media)}
      >
        {camera ? <IconVideo size={20} /> : <IconVideoOff size={20} />}
      </Control>
      <ShareControl room={room} />
      <Control
        label={t(deafened ? 'ears.on' : 'ears.off')}
        hotkey="D"
        look={deafened ? 'stopped' : 'plain'}
        pressed={deafened}
        onClick={() => void toggleEars(media)}
      >
        {deafened ? <IconHeadphonesOff size={20} /> : <IconHeadphones size={20} />}
      </Control>
      <VoiceMenu room={room} />
      <LeaveVoice room={room} />
    </>
  )
}

export function LeaveVoice({ room }: { room: StudyHandle }) {
  const { t } = useTranslation('media')
  return (
    <Control label={t('voice.leave')} look="danger" onClick={() => void room.media.leave()}>
      <IconPhoneOff size={20} />
    </Control>
  )
}
