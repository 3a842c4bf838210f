import { Menu } from '@mantine/core'
import { IconAdjustments, IconDots, IconLayoutGrid, IconMicrophoneOff, IconUserScan } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StudyHandle } from '#client/types.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { say, sayRefusal } from '../common/say.ts'
import { useStore } from '../hooks/useStore.ts'
import { useMyRole } from '../room/roomContext.tsx'
import { Control } from './Control.tsx'
import { showOfMedia } from './mediaScreen.ts'
import { prefer, preferences } from './preferences.ts'

/** What is needed less often: devices, how cameras are laid out, and for those who lead, quiet for all (V7). */
export function VoiceMenu({ room }: { room: StudyHandle }) {
  const { t } = useTranslation('media')
  const { moderates } = useMyRole()
  const { layout } = useStore(preferences)
  const muteAll = async () => {
    const answer = await room.request('media.muteMembers', {})
    if (!isRefusal(answer)) say(t('voice.mutedAll', { count: answer.muted }))
    else if (answer.refused === 'nothing_to_do') say(t('voice.mutedAll', { count: 0 }))
    else sayRefusal(answer.refused)
  }
  return (
    <Menu position="top-end" withArrow>
      <Menu.Target>
        <Control label={t('voice.more')}>
          <IconDots size={20} />
        </Control>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconAdjustments size={18} />} onClick={() => showOfMedia({ devices: 'later' })}>
          {t('devices.title')}
        </Menu.Item>
        <Menu.Item
          leftSection={layout === 'grid' ? <IconUserScan size={18} /> : <IconLayoutGrid size={18} />}
          onClick={() => prefer({ layout: layout === 'grid' ? 'speaker' : 'grid' })}
        >
          {t(layout === 'grid' ? 'tiles.speaker' : 'tiles.grid')}
        </Menu.Item>
        {moderates && (
          <>
            <Menu.Divider />
            <Menu.Item
              color="var(--sh-danger)"
              leftSection={<IconMicrophoneOff size={18} />}
              onClick={() => void muteAll()}
            >
              {t('voice.muteAll')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
