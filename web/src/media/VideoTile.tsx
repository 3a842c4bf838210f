import { Loader } from '@mantine/core'
import { useFullscreenElement, useMergedRef } from '@mantine/hooks'
import { IconCellSignal1, IconCellSignalOff, IconMicrophoneOff } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaView } from '#client/media/types.ts'
import type { StudyHandle } from '#client/types.ts'
import { Face } from '../common/Face.tsx'
import { Mark } from '../common/Mark.tsx'
import { useNarrow } from '../frame/useNarrow.ts'
import { useRoom } from '../hooks/useRoom.ts'
import classes from './media.module.css'
import { SpeakingRing } from './SpeakingRing.tsx'
import { TileTools } from './TileTools.tsx'
import type { Tile } from './tileOrder.ts'
import { useLooking } from './useLooking.ts'
import { VideoOf } from './VideoOf.tsx'

/** Of 10; below it what arrives is told as weak. */
const WEAK = 5

type Props = { room: StudyHandle; view: MediaView; tile: Tile; main?: boolean }

/** A camera or the shared screen, with its owner's name and how well it arrives. A double click fills the screen with it. */
export function VideoTile({ room, view, tile: { userId, source, mine, key }, main = false }: Props) {
  const { t } = useTranslation('media')
  const narrow = useNarrow()
  const box = useRef<HTMLElement>(null)
  const { ref: fullRef, toggle, fullscreen } = useFullscreenElement<HTMLElement>()
  const ref = useMergedRef(box, fullRef)
  useLooking(room.media, box, userId, source, mine)
  const member = useRoom(room, (s) => {
    const m = s.members.get(userId)
    return {
      name: m?.name ?? '',
      image: m?.image ?? '',
      silent: !m?.producers.has('microphone') || m.micMuted,
    }
  })
  const found = (mine ? view.own : view.remote).find(
    (one) => one.source === source && (!('userId' in one) || one.userId === userId),
  )
  const track = found?.track ?? null
  const paused = found !== undefined && 'paused' in found && found.paused
  const screen = source === 'screen'
  const label = t(screen ? 'tiles.screenOf' : 'tiles.of', { name: member.name })
  const score = found?.score ?? null
  return (
    <figure
      ref={ref}
      className={classes['tile']}
      style={{ margin: 0 }}
      data-main={main || undefined}
      data-screen={screen || undefined}
      data-mirrored={mine || undefined}
      onDoubleClick={() => void toggle()}
    >
      {track && !paused ? (
        <VideoOf track={track} label={label} />
      ) : (
        <div className={classes['noPicture']}>
          <Face id={userId} name={member.name} image={member.image} size={main ? 96 : 56} />
          {!paused && (main || screen) && (
            <span role="status">
              <Loader size={14} color="white" me={8} />
              {t('tiles.loading')}
            </span>
          )}
        </div>
      )}
      {!screen && <SpeakingRing room={room} userId={userId} />}
      <figcaption className={classes['caption']}>
        <span>{screen ? t('share.of', member) : mine ? t('tiles.you', member) : member.name}</span>
        {!screen && member.silent && <IconMicrophoneOff size={14} role="img" aria-label={t('mark.muted')} />}
        {score !== null && score < WEAK && <Weak score={score} />}
      </figcaption>
      <TileTools
        room={room}
        tile={{ key, userId, source, mine }}
        name={member.name}
        small={narrow && !main}
        fullScreen={fullscreen}
        onFullScreen={() => void toggle()}
      />
    </figure>
  )
}

function Weak({ score }: { score: number }) {
  const { t } = useTranslation('media')
  const label = t(score === 0 ? 'tiles.lost' : 'tiles.weak')
  return <Mark label={label} icon={score === 0 ? <IconCellSignalOff size={14} /> : <IconCellSignal1 size={14} />} />
}
