import { useDocumentVisibility } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { ChatView, StudyHandle } from '#client/types.ts'

/**
 * What is on the screen is read, as long as the page is looked at. Answers where the "new" line stands: behind this number,
 * the marker as it was when the person last looked away; it stays there while they look.
 */
export function useReading(room: StudyHandle, view: ChatView, near: boolean): number {
  const looking = useDocumentVisibility() === 'visible' && near
  const [lineAt, setLineAt] = useState(() => lineOf(view))
  // After "unread from here" looking on is not reading: only who comes back reads again (C5).
  const held = useRef(false)
  const { markedUnread } = view
  // A mark made before this list was opened: opening it is coming back.
  const known = useRef(markedUnread)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new mark moves the line
  useEffect(() => {
    if (markedUnread === known.current) return
    known.current = markedUnread
    if (markedUnread === null) return
    held.current = looking
    setLineAt(markedUnread - 1)
  }, [markedUnread])
  useEffect(() => {
    if (looking) return
    held.current = false
    setLineAt(lineOf(room.chat.view.get()))
  }, [looking, room])
  const newest = view.messages.findLast((m) => m.delivery === 'sent' || m.delivery === 'stored')
  const number = newest?.number ?? 0
  const mine = newest?.author === room.me
  useEffect(() => {
    if (mine) held.current = false
    if (looking && number > 0 && !held.current) room.chat.markRead(number)
  }, [looking, number, mine, room])
  return lineAt
}

const lineOf = ({ readThrough, markedUnread }: ChatView): number =>
  markedUnread === null ? readThrough : Math.min(readThrough, markedUnread - 1)
