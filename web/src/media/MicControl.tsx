import { IconMicrophone, IconMicrophoneOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { usePhase } from '../hooks/usePhase.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { useStore } from '../hooks/useStore.ts'
import { Control } from './Control.tsx'
import { preferences } from './preferences.ts'
import { micRule } from './rules.ts'
import { useMediaView } from './useMedia.ts'
import { toggleMicrophone } from './voiceActs.ts'
import './words.ts'

/** My microphone, on every screen: a click turns it on or off; with push to talk it is held. */
export function MicControl({ room }: { room: StudyHandle }) {
  const { t } = useTranslation('media')
  const { media } = room
  const { own } = useMediaView(media)
  const { pushToTalk } = useStore(preferences)
  // Draws again as the phase goes on: by it the room may close microphones.
  usePhase(room)
  useRoom(room, ({ media: { microphones }, owner, members }) => ({
    microphones,
    owner,
    barred: members.get(room.me)?.barred,
  }))
  const rule = micRule(room.state, room.me, room.now())
  const on = own.find((one) => one.source === 'microphone')?.muted === false
  const why = rule === 'free' ? null : t(`mic.${rule}`)
  const icon = on ? <IconMicrophone size={20} /> : <IconMicrophoneOff size={20} />
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (!held) return
    media.talk(true)
    const letGo = () => setHeld(false)
    addEventListener('pointerup', letGo)
    addEventListener('pointercancel', letGo)
    addEventListener('blur', letGo)
    return () => {
      media.talk(false)
      removeEventListener('pointerup', letGo)
      removeEventListener('pointercancel', letGo)
      removeEventListener('blur', letGo)
    }
  }, [held, media])
  if (pushToTalk)
    return (
      <Control
        label={t('mic.hold')}
        hotkey="M"
        look={on ? 'live' : 'plain'}
        pressed={on}
        why={why}
        onPointerDown={() => setHeld(true)}
      >
        {icon}
      </Control>
    )
  return (
    <Control
      label={t(on ? 'mic.off' : 'mic.on')}
      hotkey="M"
      look={on ? 'live' : 'plain'}
      pressed={on}
      why={why}
      onClick={() => void toggleMicrophone(media)}
    >
      {icon}
    </Control>
  )
}
