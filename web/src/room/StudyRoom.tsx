import { Box, Button, Drawer, Indicator } from '@mantine/core'
import { useDisclosure, useLocalStorage } from '@mantine/hooks'
import { IconMessageCircle } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { useNarrow } from '../frame/useNarrow.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { useStore } from '../hooks/useStore.ts'
import { useUnread } from '../hooks/useUnread.ts'
import { useHasPictures } from '../media/useTiles.ts'
import { VoiceBar } from '../media/VoiceBar.tsx'
import { useBlockedHere } from '../people/blocked.ts'
import { Desks } from './desks/Desks.tsx'
import { FocusMode } from './FocusMode.tsx'
import { Panel } from './Panel.tsx'
import classes from './room.module.css'
import { RoomContext } from './roomContext.tsx'
import { roomScreen, showOfRoom } from './roomScreen.ts'
import { ScreenBar } from './stage/ScreenBar.tsx'
import { Stage } from './stage/Stage.tsx'
import { TopBar } from './TopBar.tsx'
import { useRoomKeys } from './useRoomKeys.ts'

const Tiles = lazy(() => import('../media/Tiles.tsx').then((m) => ({ default: m.Tiles })))

/** The room one sits in: time in the middle, desks below, chat beside it and foldable. `message` is one to lead to. */
export function StudyRoom({ room, message }: { room: StudyHandle; message: number | null }) {
  useBlockedHere()
  return (
    <RoomContext value={room}>
      <Layout key={room.roomId} room={room} message={message} />
    </RoomContext>
  )
}

function Layout({ room, message }: { room: StudyHandle; message: number | null }) {
  const { t } = useTranslation(['room', 'common'])
  const narrow = useNarrow()
  const [folded, setFolded] = useLocalStorage({
    key: 'studyhub.panel.folded',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const [sheet, sheetActs] = useDisclosure(message !== null)
  const { focus } = useStore(roomScreen)
  const setFocus = (on: boolean) => showOfRoom({ focus: on })
  useEffect(() => () => showOfRoom({ focus: false, settings: false }), [])
  // What was focused went away with the screen it stood on.
  const wasFocus = useRef(false)
  useEffect(() => {
    if (wasFocus.current && !focus) document.getElementById('content')?.focus({ preventScroll: true })
    wasFocus.current = focus
  }, [focus])
  const name = useRoom(room, (s) => s.name)
  const frozen = useRoom(room, (s) => s.frozen)
  const pictures = useHasPictures(room)
  const openChat = () => (narrow ? sheetActs.open() : setFolded(false))
  useRoomKeys({
    room,
    openChat,
    togglePanel: () => (narrow ? sheetActs.toggle() : setFolded(!folded)),
    toggleFocus: () => setFocus(!focus),
  })

  if (focus) return <FocusMode onLeave={() => setFocus(false)} />
  return (
    <div className={classes['room']} data-folded={folded || narrow || undefined}>
      <TopBar folded={folded} onFold={() => setFolded(!folded)} onFocusMode={() => setFocus(true)} />
      <div className={classes['centre']}>
        <div className={classes['inner']} data-wide={pictures || undefined}>
          {frozen && (
            <Box role="status" p="sm" fz="sm" style={{ borderRadius: 10, background: 'var(--sh-lamp)' }}>
              {t('stage.frozen')}
            </Box>
          )}
          <Stage slim={pictures} />
          {pictures && (
            <Suspense>
              <Tiles />
            </Suspense>
          )}
          <Desks />
          <ScreenBar />
        </div>
      </div>
      <div className={classes['voice']}>
        <VoiceBar />
      </div>
      {narrow ? (
        <>
          <ChatButton room={room} onOpen={sheetActs.open} />
          <Drawer
            opened={sheet}
            onClose={sheetActs.close}
            position="bottom"
            size="92%"
            title={name}
            closeButtonProps={{ 'aria-label': t('common:close') }}
            keepMounted
            styles={{
              content: { display: 'flex', flexDirection: 'column', borderRadius: '16px 16px 0 0' },
              body: { flex: 1, minHeight: 0, padding: 0 },
            }}
          >
            <Panel message={message} visible={sheet} />
          </Drawer>
        </>
      ) : (
        !folded && (
          <aside className={classes['panel']} aria-label={t('panel')}>
            <Panel message={message} visible />
          </aside>
        )
      )}
    </div>
  )
}

/** Apart from the layout: it follows what is unread. */
function ChatButton({ room, onOpen }: { room: StudyHandle; onOpen: () => void }) {
  const { t } = useTranslation('room')
  const unread = useUnread(room)
  return (
    <Indicator
      className={classes['fab'] ?? ''}
      disabled={unread === 0}
      label={unread}
      size={20}
      color="var(--sh-unread)"
      styles={{ indicator: { color: 'var(--sh-surface)' } }}
    >
      <Button size="md" radius="xl" leftSection={<IconMessageCircle size={20} />} onClick={onOpen}>
        {t('tabs.chat')}
      </Button>
    </Indicator>
  )
}
