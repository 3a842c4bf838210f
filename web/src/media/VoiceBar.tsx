import { Button } from '@mantine/core'
import { IconHeadphones } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { useNarrow } from '../frame/useNarrow.ts'
import { useStore } from '../hooks/useStore.ts'
import { useStudyRoom } from '../room/roomContext.tsx'
import classes from './media.module.css'
import { mediaScreen } from './mediaScreen.ts'
import { QualityMark } from './QualityMark.tsx'
import { isIn, useMediaView, useUnavailable } from './useMedia.ts'
import { VoiceControls } from './VoiceControls.tsx'
import { VoiceFaces } from './VoiceFaces.tsx'
import { enterVoice } from './voiceActs.ts'
import './words.ts'

/** The voice of the room one looks at: one button to come in, with who is there; then all its controls. */
export function VoiceBar() {
  const { t } = useTranslation('media')
  const room = useStudyRoom()
  const view = useMediaView(room.media)
  const narrow = useNarrow()
  const inside = isIn(view)
  return (
    <section className={classes['bar']} aria-label={t('voice.title')} data-inside={inside || undefined}>
      {inside ? (
        <>
          <VoiceStatus room={room} />
          {!narrow && <VoiceFaces room={room} />}
          {!narrow && <QualityMark media={room.media} />}
          <div className={classes['controls']}>
            <VoiceControls room={room} />
          </div>
        </>
      ) : (
        <Outside room={room} joining={view.status === 'joining'} />
      )}
    </section>
  )
}

function Outside({ room, joining }: { room: StudyHandle; joining: boolean }) {
  const { t } = useTranslation('media')
  const unavailable = useUnavailable(room)
  return (
    <>
      <Button
        variant="default"
        radius="xl"
        h={44}
        leftSection={<IconHeadphones size={18} />}
        loading={joining}
        disabled={unavailable !== ''}
        title={t('voice.joinHint')}
        aria-describedby="voice-why"
        onClick={() => void enterVoice(room)}
      >
        {t('voice.join')}
      </Button>
      <span id="voice-why" className={classes['grow']}>
        {unavailable === '' ? (
          joining ? (
            <span className={classes['dim']} role="status">
              {t('voice.joining')}
            </span>
          ) : (
            <VoiceFaces room={room} />
          )
        ) : (
          <span className={classes['dim']}>{t(`off.${unavailable}`)}</span>
        )}
      </span>
    </>
  )
}

/** Honest about what does not sound: on the way back, or barred by the browser until a click. */
export function VoiceStatus({ room }: { room: StudyHandle }) {
  const { t } = useTranslation('media')
  const { status } = useMediaView(room.media)
  const { silent } = useStore(mediaScreen)
  const text = status === 'reconnecting' ? t('voice.reconnecting') : silent ? t('voice.clickToHear') : ''
  return (
    <span role="status" className={classes['status']} data-empty={text === '' || undefined}>
      {text}
    </span>
  )
}
