import { ActionIcon, CloseButton, Text, Textarea } from '@mantine/core'
import { IconSend2 } from '@tabler/icons-react'
import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownMessage } from '#client/types.ts'
import { limits } from '#schemas/limits.ts'
import { Face } from '../../common/Face.tsx'
import { useMyRole, useStudyRoom } from '../roomContext.tsx'
import classes from './chat.module.css'
import { draftOf, keepDraft } from './drafts.ts'
import { mentionAt, mentionedIn } from './mention.ts'

type Props = { replyTo: ShownMessage | null; onReplied: () => void }

// Where the browser lets a field grow with its text by itself, the page is not laid out once more to measure it.
const grows = CSS.supports('field-sizing', 'content')

/** Kept from the list's renders by `memo`: a field that measures itself does so at each of its own, and that lays the page out. */
export const Composer = memo(({ replyTo, onReplied }: Props) => {
  const { t } = useTranslation('room')
  const room = useStudyRoom()
  const { muted } = useMyRole()
  const input = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(() => draftOf(localStorage, room.me, room.roomId))
  const [caret, setCaret] = useState(0)
  const [choice, setChoice] = useState(0)
  const [closed, setClosed] = useState(false)
  useEffect(() => keepDraft(localStorage, room.me, room.roomId, text), [room, text])
  useEffect(() => {
    if (replyTo) input.current?.focus()
  }, [replyTo])

  const typed = mentionAt(text, caret)
  const found =
    typed && !closed
      ? [...room.state.members.values()]
          .filter(
            (m) =>
              m.userId !== room.me && (m.handle.startsWith(typed.part) || m.name.toLowerCase().startsWith(typed.part)),
          )
          .slice(0, 6)
      : []
  const complete = (handle: string) => {
    if (!typed) return
    setText(`${text.slice(0, typed.from)}@${handle} ${text.slice(caret)}`)
    setCaret(typed.from + handle.length + 2)
    setChoice(0)
    input.current?.focus()
  }
  const over = text.length - limits.text
  const send = () => {
    if (text.trim() === '' || over > 0 || muted) return
    room.chat.send(text, {
      mentions: mentionedIn(text, room.state.members.values()),
      ...(replyTo && { replyTo: replyTo.number }),
    })
    setText('')
    setCaret(0)
    onReplied()
    input.current?.focus()
  }
  const onKey = (event: KeyboardEvent) => {
    // While a Hangul syllable is being composed, Enter belongs to the input method.
    if (event.nativeEvent.isComposing) return
    const chosen = found[Math.min(choice, found.length - 1)]
    if (chosen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      setChoice((choice + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length)
    } else if (chosen && (event.key === 'Tab' || event.key === 'Enter')) {
      event.preventDefault()
      complete(chosen.handle)
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape' && (chosen || replyTo)) {
      event.stopPropagation()
      if (chosen) setClosed(true)
      else onReplied()
    } else if (event.key === 'Escape') input.current?.blur()
  }
  return (
    <div className={classes['composer']}>
      {found.length > 0 && (
        <div className={classes['suggest']} role="listbox" aria-label={t('chat.mention')} id="mention-list">
          {found.map((m, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: chosen by arrow keys and Enter in the text field
            <div
              key={m.userId}
              role="option"
              id={`mention-${i}`}
              aria-selected={i === choice}
              tabIndex={-1}
              onClick={() => complete(m.handle)}
            >
              <Face id={m.userId} name={m.name} image={m.image} size={24} />
              <Text span inherit truncate>
                {m.name}
              </Text>
              <Text span c="dimmed" size="sm" style={{ flex: 'none' }}>
                @{m.handle}
              </Text>
            </div>
          ))}
        </div>
      )}
      {replyTo && (
        <div className={classes['answering']}>
          <Text size="sm" truncate style={{ flex: 1 }}>
            {t('chat.replyTo', { name: replyTo.authorName })}: {replyTo.text.slice(0, 80)}
          </Text>
          <CloseButton size="sm" aria-label={t('chat.cancelReply')} onClick={onReplied} />
        </div>
      )}
      <div className={classes['box']}>
        <Textarea
          ref={input}
          id="chat-input"
          className={classes['input'] ?? ''}
          variant="unstyled"
          {...(grows ? { rows: 1, 'data-grows': true } : { autosize: true, minRows: 1, maxRows: 8 })}
          size="md"
          px={8}
          disabled={muted}
          aria-label={t('chat.write')}
          aria-activedescendant={found.length > 0 ? `mention-${Math.min(choice, found.length - 1)}` : undefined}
          aria-controls={found.length > 0 ? 'mention-list' : undefined}
          placeholder={muted ? t('chat.muted') : t('chat.write')}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setClosed(false)
            setCaret(event.currentTarget.selectionStart)
            room.chat.typing(event.currentTarget.value !== '')
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onBlur={() => room.chat.typing(false)}
          onKeyDown={onKey}
        />
        <ActionIcon
          size={44}
          radius="md"
          aria-label={t('chat.send')}
          disabled={text.trim() === '' || over > 0 || muted}
          onClick={send}
        >
          <IconSend2 size={20} />
        </ActionIcon>
      </div>
      {over > 0 && (
        <Text size="sm" c="var(--sh-danger)" role="alert">
          {t('chat.tooLong', { count: over })}
        </Text>
      )}
    </div>
  )
})
