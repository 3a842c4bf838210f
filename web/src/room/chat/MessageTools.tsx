import { ActionIcon, Group, Menu, Popover, UnstyledButton } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import {
  IconArrowBackUp,
  IconCopy,
  IconDots,
  IconEyeOff,
  IconMoodSmile,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownMessage } from '#client/types.ts'
import { copyText } from '../../common/copyText.tsx'
import { sayRefusal } from '../../common/say.ts'
import { useMyRole, useStudyRoom } from '../roomContext.tsx'
import { useAsk } from '../useAsk.ts'
import classes from './chat.module.css'

const QUICK = ['👍', '❤️', '😂', '🎉', '🙏', '🔥', '👀', '✅']
type Props = { message: ShownMessage; onReply: (message: ShownMessage) => void; onEdit: () => void }

/** What can be done with a message, where the message is. */
export function MessageTools({ message, onReply, onEdit }: Props) {
  const { t } = useTranslation(['room', 'common'])
  const room = useStudyRoom()
  const ask = useAsk()
  const { moderates } = useMyRole()
  const [open, setOpen] = useState<'react' | 'menu' | null>(null)
  const mine = message.author === room.me
  const { number } = message
  const react = (emoji: string) => {
    setOpen(null)
    const on = !message.reactions.some((r) => r.emoji === emoji && r.users.includes(room.me))
    void ask('chat.react', { number, emoji, on })
  }
  const markUnread = async () => {
    const refusal = await room.chat.markUnread(number)
    if (refusal) sayRefusal(refusal.refused)
  }
  const remove = () =>
    openConfirmModal({
      title: t('chat.confirmDelete'),
      labels: { confirm: t('chat.delete'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => void ask('chat.delete', { number }),
    })
  return (
    <div className={classes['tools']} data-open={open ? true : undefined}>
      <Popover opened={open === 'react'} onChange={(o) => setOpen(o ? 'react' : null)} position="top-end" withinPortal>
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('chat.react')}
            onClick={() => setOpen(open === 'react' ? null : 'react')}
          >
            <IconMoodSmile size={18} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown p={6}>
          <Group gap={2}>
            {QUICK.map((emoji) => (
              <UnstyledButton key={emoji} aria-label={emoji} onClick={() => react(emoji)} p={6} fz={20} lh={1}>
                {emoji}
              </UnstyledButton>
            ))}
          </Group>
        </Popover.Dropdown>
      </Popover>
      <ActionIcon variant="subtle" color="gray" aria-label={t('chat.reply')} onClick={() => onReply(message)}>
        <IconArrowBackUp size={18} />
      </ActionIcon>
      {mine && (
        <ActionIcon variant="subtle" color="gray" aria-label={t('chat.edit')} onClick={onEdit}>
          <IconPencil size={18} />
        </ActionIcon>
      )}
      <Menu opened={open === 'menu'} onChange={(o) => setOpen(o ? 'menu' : null)} position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('chat.more')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copyText(message.text, t('chat.copied'))}>
            {t('chat.copy')}
          </Menu.Item>
          <Menu.Item leftSection={<IconEyeOff size={16} />} onClick={() => void markUnread()}>
            {t('chat.markUnread')}
          </Menu.Item>
          {moderates && (
            <Menu.Item
              leftSection={message.pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
              onClick={() => void ask('chat.pin', { number, on: !message.pinned })}
            >
              {t(message.pinned ? 'chat.unpin' : 'chat.pin')}
            </Menu.Item>
          )}
          {(mine || moderates) && (
            <Menu.Item color="var(--sh-danger)" leftSection={<IconTrash size={16} />} onClick={remove}>
              {t('chat.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
