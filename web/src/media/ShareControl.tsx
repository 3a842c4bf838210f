import { Menu } from '@mantine/core'
import {
  IconCheckbox,
  IconFileText,
  IconMovie,
  IconScreenShare,
  IconScreenShareOff,
  IconSquare,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { useRoom } from '../hooks/useRoom.ts'
import { useStore } from '../hooks/useStore.ts'
import { Control } from './Control.tsx'
import { prefer, preferences } from './preferences.ts'
import { showRule } from './rules.ts'
import { useMediaView } from './useMedia.ts'
import { shareScreen } from './voiceActs.ts'

const canShare = (): boolean => 'getDisplayMedia' in (navigator.mediaDevices ?? {})

/** Why I cannot share now, in words; null when I can. */
export function useShareBarred(room: StudyHandle): string | null {
  const { t } = useTranslation('media')
  const { rule, other } = useRoom(room, (s) => ({
    rule: showRule(s, room.me, 'screen'),
    other: s.screen.owner === '' || s.screen.owner === room.me ? null : (s.members.get(s.screen.owner)?.name ?? ''),
  }))
  if (!canShare()) return t('share.unable')
  if (rule !== 'free') return t(`share.${rule}`)
  return other === null ? null : t('share.taken', { name: other })
}

/** Asks what is on the screen, for letters and movement want to be sent differently; then the browser asks which screen. */
export function ShareMenu({ room, children }: { room: StudyHandle; children: ReactNode }) {
  const { t } = useTranslation('media')
  const { sound } = useStore(preferences)
  return (
    <Menu position="top" withArrow>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('share.what')}</Menu.Label>
        <Menu.Item leftSection={<IconFileText size={18} />} onClick={() => void shareScreen(room.media, 'text')}>
          {t('share.text')}
          <Hint>{t('share.textHint')}</Hint>
        </Menu.Item>
        <Menu.Item leftSection={<IconMovie size={18} />} onClick={() => void shareScreen(room.media, 'motion')}>
          {t('share.motion')}
          <Hint>{t('share.motionHint')}</Hint>
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          role="menuitemcheckbox"
          aria-checked={sound}
          closeMenuOnClick={false}
          leftSection={sound ? <IconCheckbox size={18} /> : <IconSquare size={18} />}
          onClick={() => prefer({ sound: !sound })}
        >
          {t('share.sound')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const Hint = ({ children }: { children: ReactNode }) => (
  <span style={{ display: 'block', fontSize: 12, color: 'var(--mantine-color-dimmed)' }}>{children}</span>
)

export function ShareControl({ room }: { room: StudyHandle }) {
  const { t } = useTranslation('media')
  const barred = useShareBarred(room)
  const sharing = useMediaView(room.media).own.some((one) => one.source === 'screen')
  if (sharing)
    return (
      <Control label={t('share.stop')} hotkey="S" look="live" pressed onClick={() => void room.media.stopScreen()}>
        <IconScreenShareOff size={20} />
      </Control>
    )
  const icon = <IconScreenShare size={20} />
  if (barred !== null)
    return (
      <Control label={t('share.start')} why={barred}>
        {icon}
      </Control>
    )
  return (
    <ShareMenu room={room}>
      <Control label={t('share.start')} hotkey="S">
        {icon}
      </Control>
    </ShareMenu>
  )
}
