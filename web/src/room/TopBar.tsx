import { ActionIcon, Button, Tooltip } from '@mantine/core'
import {
  IconDoorExit,
  IconKey,
  IconLayoutSidebarRightCollapse,
  IconLayoutSidebarRightExpand,
  IconLock,
  IconLockOpen,
  IconSettings,
  IconUserPlus,
  IconViewfinder,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Level } from '#schemas/limits.ts'
import { copyText } from '../common/copyText.tsx'
import { useLeave } from '../frame/useLeave.ts'
import { useNarrow } from '../frame/useNarrow.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { useStore } from '../hooks/useStore.ts'
import { RoomSettings } from './RoomSettings.tsx'
import classes from './room.module.css'
import { useMyRole, useStudyRoom } from './roomContext.tsx'
import { roomScreen, showOfRoom } from './roomScreen.ts'
import { useAsk } from './useAsk.ts'

type Props = { folded: boolean; onFold: () => void; onFocusMode: () => void }

export function TopBar({ folded, onFold, onFocusMode }: Props) {
  const { t } = useTranslation(['room', 'common'])
  const room = useStudyRoom()
  const ask = useAsk()
  const narrow = useNarrow()
  const { moderates } = useMyRole()
  const { settings } = useStore(roomScreen)
  const facts = useRoom(room, (s) => ({
    name: s.name,
    level: s.level as Level,
    notice: s.notice,
    locked: s.locked,
    hasPassword: s.hasPassword,
  }))
  const invite = () => copyText(`${location.origin}/rooms/${room.roomId}`, t('invited'))
  const leave = useLeave()
  return (
    <header className={classes['topbar']}>
      <div className={classes['title']}>
        <h1 className={classes['name']} style={{ margin: 0 }}>
          {facts.name}
        </h1>
        <div className={classes['sub']} title={facts.notice}>
          {t(`common:level.${facts.level}`)}
          {facts.notice && ` · ${facts.notice}`}
        </div>
      </div>
      {facts.hasPassword && <IconKey size={18} aria-label={t('change.passwordSet')} />}
      <div className={classes['acts']}>
        {moderates && (
          <Act
            label={t(facts.locked ? 'unlock' : 'lock')}
            onClick={() => void ask('room.change', { locked: !facts.locked })}
          >
            {facts.locked ? <IconLock size={20} /> : <IconLockOpen size={20} />}
          </Act>
        )}
        <Act label={t('invite')} onClick={() => void invite()}>
          <IconUserPlus size={20} />
        </Act>
        {!narrow && (
          <Act label={t('focusMode')} onClick={onFocusMode}>
            <IconViewfinder size={20} />
          </Act>
        )}
        {moderates && (
          <Act label={t('settings')} onClick={() => showOfRoom({ settings: true })}>
            <IconSettings size={20} />
          </Act>
        )}
        {narrow ? (
          <Act label={t('common:leave')} onClick={() => void leave()}>
            <IconDoorExit size={20} />
          </Act>
        ) : (
          <>
            <Act label={t(folded ? 'showPanel' : 'hidePanel')} onClick={onFold}>
              {folded ? <IconLayoutSidebarRightExpand size={20} /> : <IconLayoutSidebarRightCollapse size={20} />}
            </Act>
            <Button variant="default" ms={8} leftSection={<IconDoorExit size={18} />} onClick={() => void leave()}>
              {t('common:leave')}
            </Button>
          </>
        )}
      </div>
      <RoomSettings opened={settings} onClose={() => showOfRoom({ settings: false })} />
    </header>
  )
}

const Act = ({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) => (
  <Tooltip label={label}>
    <ActionIcon size={44} variant="subtle" color="gray" aria-label={label} onClick={onClick}>
      {children}
    </ActionIcon>
  </Tooltip>
)
