import { Tooltip } from '@mantine/core'
import { IconHeadphonesOff, IconMicrophone, IconMicrophoneOff, IconVideo } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { useRoom } from '../hooks/useRoom.ts'
import './words.ts'

/** On a desk: how its owner is in the voice. Nothing for who is not in it. */
export function DeskMarks({ room, userId }: { room: StudyHandle; userId: string }) {
  const { t } = useTranslation('media')
  const { inside, speaks, deafened, camera } = useRoom(room, (s) => {
    const m = s.members.get(userId)
    return {
      inside: m?.inMedia ?? false,
      speaks: (m?.producers.has('microphone') ?? false) && !m?.micMuted,
      deafened: m?.deafened ?? false,
      camera: m?.producers.has('camera') ?? false,
    }
  })
  if (!inside) return null
  const mark = (label: string, icon: React.ReactNode) => (
    <Tooltip label={label}>
      <span role="img" aria-label={label}>
        {icon}
      </span>
    </Tooltip>
  )
  return (
    <>
      {speaks
        ? mark(t('mark.speaking'), <IconMicrophone size={16} color="var(--sh-focus)" />)
        : mark(t('mark.muted'), <IconMicrophoneOff size={16} />)}
      {deafened && mark(t('mark.deafened'), <IconHeadphonesOff size={16} color="var(--sh-danger)" />)}
      {camera && mark(t('mark.camera'), <IconVideo size={16} />)}
    </>
  )
}
