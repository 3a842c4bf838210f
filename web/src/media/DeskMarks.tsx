import { IconHeadphonesOff, IconMicrophone, IconMicrophoneOff, IconVideo } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { Mark } from '../common/Mark.tsx'
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
  return (
    <>
      {speaks ? (
        <Mark label={t('mark.speaking')} icon={<IconMicrophone size={16} color="var(--sh-focus)" />} />
      ) : (
        <Mark label={t('mark.muted')} icon={<IconMicrophoneOff size={16} />} />
      )}
      {deafened && <Mark label={t('mark.deafened')} icon={<IconHeadphonesOff size={16} color="var(--sh-danger)" />} />}
      {camera && <Mark label={t('mark.camera')} icon={<IconVideo size={16} />} />}
    </>
  )
}
