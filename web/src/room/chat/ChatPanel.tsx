import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconPinned } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownMessage } from '#client/types.ts'
import { useRoom } from '../../hooks/useRoom.ts'
import { useStore } from '../../hooks/useStore.ts'
import { useStudyRoom } from '../roomContext.tsx'
import { Composer } from './Composer.tsx'
import classes from './chat.module.css'
import { MessageList } from './MessageList.tsx'
import { StageLine } from './StageLine.tsx'
import { TypingLine } from './TypingLine.tsx'

/** The room's chat: pinned line, list, who is writing, composer. `message` is a number to lead to. */
export function ChatPanel({ message, visible }: { message: number | null; visible: boolean }) {
  const { t } = useTranslation('room')
  const room = useStudyRoom()
  // In a busy room the list is drawn some fifteen times a second and leaves the rest to typing.
  const view = useStore(room.chat.view)
  const pins = useRoom(room, (s) => [...s.pins].filter((n): n is number => typeof n === 'number'))
  const [replyTo, setReplyTo] = useState<ShownMessage | null>(null)
  const [shown, setShown] = useState<number | null>(message)
  const lead = useCallback((number: number) => setShown(number), [])
  const led = useCallback(() => setShown(null), [])
  const replied = useCallback(() => setReplyTo(null), [])
  const pinned = pins.at(-1)
  const pinnedMessage = view.messages.find((m) => m.number === pinned)
  return (
    <section className={classes['chat']} aria-label={t('chat.label')}>
      {pinned !== undefined && (
        <UnstyledButton className={classes['pins']} onClick={() => lead(pinned)}>
          <IconPinned size={16} aria-hidden style={{ flex: 'none' }} />
          <VisuallyHidden>{t('chat.pinned')}</VisuallyHidden>
          <span>{pinnedMessage?.text ?? t('chat.replyFar')}</span>
        </UnstyledButton>
      )}
      <MessageList view={view} visible={visible} shown={shown} onShown={led} onLead={lead} onReply={setReplyTo} />
      <TypingLine />
      <StageLine />
      <Composer replyTo={replyTo} onReplied={replied} />
    </section>
  )
}
