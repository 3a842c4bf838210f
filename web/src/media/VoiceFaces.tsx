import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { Face } from '../common/Face.tsx'
import { useNarrow } from '../frame/useNarrow.ts'
import { useRoom } from '../hooks/useRoom.ts'
import classes from './media.module.css'
import { SpeakingRing } from './SpeakingRing.tsx'

const FACES = { wide: 5, narrow: 3 }

/** Who is in the voice, before one comes in and while one is there. */
export function VoiceFaces({ room }: { room: StudyHandle }) {
  const { t, i18n } = useTranslation('media')
  const narrow = useNarrow()
  const inside = useRoom(room, (s) =>
    [...s.members.values()]
      .filter((m) => m.inMedia)
      .sort((a, b) => a.entrance - b.entrance)
      .map((m) => ({ id: m.userId, name: m.name, image: m.image })),
  )
  if (inside.length === 0) return <span className={classes['dim']}>{t('voice.nobody')}</span>
  const names = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(inside.map(({ name }) => name))
  return (
    <span className={classes['faces']}>
      <span className={classes['row']} title={names}>
        {inside.slice(0, narrow ? FACES.narrow : FACES.wide).map(({ id, name, image }) => (
          <span key={id} className={classes['ringed']}>
            <Face id={id} name={name} image={image} size={28} />
            <SpeakingRing room={room} userId={id} />
          </span>
        ))}
      </span>
      <span className={classes['dim']} aria-hidden>
        {t('voice.inside', { count: inside.length })}
      </span>
      <VisuallyHidden>{t('voice.names', { names })}</VisuallyHidden>
    </span>
  )
}
