import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDots, IconMaximize, IconMinimize, IconPictureInPicture, IconPin, IconPinnedOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { useStore } from '../hooks/useStore.ts'
import { MemberMedia } from './MemberMedia.tsx'
import classes from './media.module.css'
import { mediaScreen, showOfMedia } from './mediaScreen.ts'
import type { Tile } from './tileOrder.ts'

type Props = {
  room: StudyHandle
  tile: Tile
  name: string
  /** Little room: one button, and all else behind it. */
  small: boolean
  fullScreen: boolean
  onFullScreen: () => void
}

/** What may be done with one video; seen when the pointer or the keyboard is there, always under a finger. */
export function TileTools({ room, tile, name, small, fullScreen, onFullScreen }: Props) {
  const { t } = useTranslation('media')
  const { pinned, apart } = useStore(mediaScreen)
  const isPinned = pinned === tile.key
  const isApart = apart?.userId === tile.userId && apart.source === tile.source
  const full = t(fullScreen ? 'tiles.leaveFullScreen' : 'tiles.fullScreen')
  const acts = t(tile.source === 'screen' ? 'tiles.actsOfScreen' : 'tiles.acts', { name })
  return (
    <div className={classes['tools']}>
      {(!small || fullScreen) && (
        <Tooltip label={full}>
          <ActionIcon size={36} radius="md" className={classes['tool'] ?? ''} aria-label={full} onClick={onFullScreen}>
            {fullScreen ? <IconMinimize size={18} /> : <IconMaximize size={18} />}
          </ActionIcon>
        </Tooltip>
      )}
      {!fullScreen && (
        <Menu position="bottom-end" withArrow>
          <Menu.Target>
            <ActionIcon size={36} radius="md" className={classes['tool'] ?? ''} aria-label={acts}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={isPinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
              onClick={() => showOfMedia({ pinned: isPinned ? null : tile.key })}
            >
              {t(isPinned ? 'tiles.unpin' : 'tiles.pin')}
            </Menu.Item>
            {small && (
              <Menu.Item leftSection={<IconMaximize size={16} />} onClick={onFullScreen}>
                {full}
              </Menu.Item>
            )}
            {!tile.mine && document.pictureInPictureEnabled && (
              <Menu.Item
                leftSection={<IconPictureInPicture size={16} />}
                onClick={() => showOfMedia({ apart: isApart ? null : { userId: tile.userId, source: tile.source } })}
              >
                {t(isApart ? 'tiles.notApart' : 'tiles.apart')}
              </Menu.Item>
            )}
            {!tile.mine && <MemberMedia room={room} userId={tile.userId} name={name} />}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}
