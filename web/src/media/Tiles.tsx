import { Button, VisuallyHidden } from '@mantine/core'
import { IconScreenShareOff } from '@tabler/icons-react'
import { type CSSProperties, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { useNarrow } from '../frame/useNarrow.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { useStore } from '../hooks/useStore.ts'
import { useStudyRoom } from '../room/roomContext.tsx'
import classes from './media.module.css'
import { mediaScreen } from './mediaScreen.ts'
import { preferences } from './preferences.ts'
import { arrangeTiles } from './tileOrder.ts'
import { useMediaView } from './useMedia.ts'
import { useLastSpeaker, useTiles } from './useTiles.ts'
import { VideoTile } from './VideoTile.tsx'

const columnsFor = (count: number, narrow: boolean): number =>
  narrow ? (count === 1 ? 1 : 2) : count <= 1 ? 1 : count <= 4 ? 2 : 3

/** All cameras and the shared screen of the room; nothing where there are none. */
export function Tiles() {
  const { t } = useTranslation('media')
  const room = useStudyRoom()
  const view = useMediaView(room.media)
  const narrow = useNarrow()
  const tiles = useTiles(room, view)
  const speaker = useLastSpeaker(room)
  const { pinned } = useStore(mediaScreen)
  const { layout } = useStore(preferences)
  const { main, rest } = arrangeTiles({ tiles, pinned, layout, speaker })
  const sharing = view.own.some((one) => one.source === 'screen')
  if (tiles.length === 0) return sharing ? <OwnScreen room={room} /> : null
  return (
    <section className={classes['tiles']} aria-label={t('tiles.label')}>
      {sharing && <OwnScreen room={room} />}
      <Speaks room={room} />
      {main && <VideoTile key={main.key} room={room} view={view} tile={main} main />}
      {rest.length > 0 && (
        <div
          className={main ? classes['strip'] : classes['grid']}
          data-count={rest.length}
          style={{ '--columns': columnsFor(rest.length, narrow) } as CSSProperties}
        >
          {rest.map((tile) => (
            <VideoTile key={tile.key} room={room} view={view} tile={tile} />
          ))}
        </div>
      )}
    </section>
  )
}

/** Who speaks now, for those who do not see the rings; asked for, not announced: it changes all the time. */
function Speaks({ room }: { room: StudyHandle }) {
  const { t } = useTranslation('media')
  const name = useRoom(room, (s) => s.members.get(s.media.speaker)?.name ?? '')
  return <VisuallyHidden>{name && t('voice.speaks', { name })}</VisuallyHidden>
}

function OwnScreen({ room }: { room: StudyHandle }) {
  const { t } = useTranslation('media')
  const [stopping, setStopping] = useState(false)
  const stop = async () => {
    setStopping(true)
    await room.media.stopScreen()
    setStopping(false)
  }
  return (
    <div className={classes['note']}>
      <div style={{ flex: 1, minWidth: 200 }} role="status">
        <strong>{t('share.mine')}</strong>
        <div className={classes['dim']}>{t('share.mineHint')}</div>
      </div>
      <Button
        color="red"
        variant="light"
        size="md"
        loading={stopping}
        leftSection={<IconScreenShareOff size={18} />}
        onClick={() => void stop()}
      >
        {t('share.stop')}
      </Button>
    </div>
  )
}
