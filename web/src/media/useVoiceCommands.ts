import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import type { Entry } from '../frame/paletteEntries.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { showOfMedia } from './mediaScreen.ts'
import { micRule, showRule } from './rules.ts'
import { isIn, useMediaView, useUnavailable } from './useMedia.ts'
import { enterVoice, toggleCamera, toggleEars, toggleMicrophone, toggleScreen } from './voiceActs.ts'
import './words.ts'

/** What of voice and video can be done now, for the palette. */
export function useVoiceCommands(room: StudyHandle): Entry[] {
  const { t } = useTranslation('media')
  const { media } = room
  const view = useMediaView(media)
  const unavailable = useUnavailable(room)
  const may = useRoom(room, (s) => ({
    speak: micRule(s, room.me, room.now()) === 'free',
    camera: showRule(s, room.me, 'camera') === 'free',
    share: showRule(s, room.me, 'screen') === 'free' && (s.screen.owner === '' || s.screen.owner === room.me),
  }))
  const has = (source: string) => view.own.some((one) => one.source === source && !one.muted)
  if (!isIn(view))
    return unavailable === ''
      ? [{ id: 'voice', label: `${t('voice.title')}: ${t('voice.joinHint')}`, run: () => void enterVoice(room) }]
      : []
  return [
    ...(may.speak
      ? [
          {
            id: 'mic',
            label: t(has('microphone') ? 'mic.off' : 'mic.on'),
            hint: 'M',
            run: () => void toggleMicrophone(media),
          },
        ]
      : []),
    ...(may.camera || has('camera')
      ? [
          {
            id: 'camera',
            label: t(has('camera') ? 'camera.off' : 'camera.on'),
            hint: 'V',
            run: () => void toggleCamera(media),
          },
        ]
      : []),
    ...(may.share || has('screen')
      ? [
          {
            id: 'share',
            label: t(has('screen') ? 'share.stop' : 'share.start'),
            hint: 'S',
            run: () => void toggleScreen(media),
          },
        ]
      : []),
    { id: 'ears', label: t(view.deafened ? 'ears.on' : 'ears.off'), hint: 'D', run: () => void toggleEars(media) },
    { id: 'devices', label: t('devices.title'), run: () => showOfMedia({ devices: 'later' }) },
    { id: 'leaveVoice', label: t('voice.leave'), run: () => void media.leave() },
  ]
}
