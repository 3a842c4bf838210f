import { Button, Group, Modal, Stack, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { FormFoot } from '../common/FormFoot.tsx'
import { useNarrow } from '../frame/useNarrow.ts'
import { useStore } from '../hooks/useStore.ts'
import { CameraTrial } from './CameraTrial.tsx'
import { MicrophoneTrial } from './MicrophoneTrial.tsx'
import { showOfMedia } from './mediaScreen.ts'
import { prefer, preferences } from './preferences.ts'
import { SpeakerChoice } from './SpeakerChoice.tsx'
import { goIn, setPushToTalk } from './voiceActs.ts'

/** Which microphone, camera and speaker, tried out before anybody hears or sees; once before the first time in the voice, and whenever one asks. */
export function DeviceDialog({ room, joining }: { room: StudyHandle; joining: boolean }) {
  const { t } = useTranslation(['media', 'common'])
  const narrow = useNarrow()
  const { joinMuted, pushToTalk } = useStore(preferences)
  const [barred, setBarred] = useState(false)
  const close = () => showOfMedia({ devices: null })
  const join = () => {
    prefer({ met: true })
    close()
    void goIn(room)
  }
  return (
    <Modal
      opened
      onClose={close}
      title={t('devices.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      fullScreen={narrow}
      radius="lg"
    >
      <Stack>
        <MicrophoneTrial media={room.media} onBarred={setBarred} />
        <SpeakerChoice media={room.media} />
        <CameraTrial media={room.media} />
        {joining && (
          <Switch
            label={t('devices.joinMuted')}
            description={t('devices.joinMutedHint')}
            checked={joinMuted}
            onChange={(event) => prefer({ joinMuted: event.currentTarget.checked })}
          />
        )}
        <Switch
          label={t('devices.pushToTalk')}
          description={t('devices.pushToTalkHint')}
          checked={pushToTalk}
          onChange={(event) => void setPushToTalk(room.media, event.currentTarget.checked)}
        />
        <FormFoot>
          <Group justify="flex-end">
            {joining ? (
              <Button size="md" onClick={join}>
                {t(barred || joinMuted || pushToTalk ? 'devices.joinListening' : 'devices.join')}
              </Button>
            ) : (
              <Button size="md" onClick={close}>
                {t('devices.done')}
              </Button>
            )}
          </Group>
        </FormFoot>
      </Stack>
    </Modal>
  )
}
