import { Badge, Tabs } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoom } from '../hooks/useRoom.ts'
import { useUnread } from '../hooks/useUnread.ts'
import { ChatPanel } from './chat/ChatPanel.tsx'
import { PeoplePanel } from './people/PeoplePanel.tsx'
import { useStudyRoom } from './roomContext.tsx'

export function Panel({ message, visible }: { message: number | null; visible: boolean }) {
  const { t } = useTranslation('room')
  const room = useStudyRoom()
  const [tab, setTab] = useState<string | null>('chat')
  const people = useRoom(room, (s) => s.members.size)
  const hands = useRoom(room, (s) => s.hands.length)
  const panel = { flex: 1, minHeight: 0 }
  return (
    <Tabs
      value={tab}
      onChange={setTab}
      keepMounted
      style={{ display: 'flex', flexDirection: 'column', height: '100%' }}
    >
      <Tabs.List grow>
        <Tabs.Tab value="chat" h={48} rightSection={tab === 'chat' ? undefined : <UnreadBadge />}>
          {t('tabs.chat')}
        </Tabs.Tab>
        <Tabs.Tab
          value="people"
          h={48}
          rightSection={
            hands > 0 ? (
              <Badge color="var(--sh-unread)" c="var(--sh-surface)">
                ✋ {hands}
              </Badge>
            ) : undefined
          }
        >
          {t('tabs.people')} {people}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="chat" style={panel}>
        <ChatPanel message={message} visible={visible && tab === 'chat'} />
      </Tabs.Panel>
      <Tabs.Panel value="people" style={{ ...panel, ...(tab === 'people' && { display: 'flex' }) }}>
        {/* Kept out while it is not seen: it follows every member. */}
        {tab === 'people' && <PeoplePanel />}
      </Tabs.Panel>
    </Tabs>
  )
}

function UnreadBadge() {
  const unread = useUnread(useStudyRoom())
  return (
    unread > 0 && (
      <Badge color="var(--sh-unread)" c="var(--sh-surface)">
        {unread}
      </Badge>
    )
  )
}
