import { Button, Loader, Text } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { ChatView, ShownMessage } from '#client/types.ts'
import { useStudyRoom } from '../roomContext.tsx'
import classes from './chat.module.css'
import { MessageRow } from './MessageRow.tsx'
import { type Row, rowsOf } from './rows.ts'
import { useReading } from './useReading.ts'
import { useWhen, type When } from './useWhen.ts'

type Props = {
  view: ChatView
  visible: boolean
  shown: number | null
  onShown: () => void
  onLead: (number: number) => void
  onReply: (message: ShownMessage) => void
}
type Item = Row | { kind: 'top'; key: string }
const NEAR_END = 60

/** A virtual list that sticks to its end while the person is there, and otherwise never moves (UX principle 5). */
export const MessageList = memo(({ view, visible, shown, onShown, onLead, onReply }: Props) => {
  const { t } = useTranslation('room')
  const room = useStudyRoom()
  const when = useWhen()
  const scroll = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const [atEnd, setAtEnd] = useState(true)
  const [lit, setLit] = useState<number | null>(null)
  const lineAt = useReading(room, view, visible && atEnd)
  const rows = useMemo(() => rowsOf(view.messages, lineAt, room.me), [view.messages, lineAt, room.me])
  const items = useMemo<Item[]>(() => [{ kind: 'top', key: 'top' }, ...rows], [rows])
  const lastOwn = view.messages.findLast((m) => m.author === room.me && m.number > 0)?.number ?? 0

  // Older ones came in front: then the list is held from its end.
  const firstKey = view.messages[0]?.key
  const oldestNumber = view.messages[0]?.number ?? 0
  const before = useRef({ firstKey, oldestNumber })
  const shift = firstKey !== before.current.firstKey && oldestNumber < before.current.oldestNumber
  // Held by hand, by the row that was on top: the list's own way to hold its end lost the new height now and then.
  const anchor = useRef<{ key: string; top: number } | null>(null)
  const keep = () => {
    const handle = list.current
    const box = scroll.current
    if (!handle || !box) return
    let index = handle.findItemIndex(box.scrollTop)
    // By a message: dividers and the list's top do not stay before what they stood before, and who is at the very top would be thrown up.
    while (index < items.length && items[index]?.kind !== 'message') index++
    const key = items[index]?.key
    anchor.current = key === undefined ? null : { key, top: handle.getItemOffset(index) - box.scrollTop }
  }
  useLayoutEffect(() => {
    const held = anchor.current
    const index = shift && held ? items.findIndex((item) => item.key === held.key) : -1
    if (held && index > 0 && list.current && scroll.current)
      scroll.current.scrollTop = list.current.getItemOffset(index) - held.top
    before.current = { firstKey, oldestNumber }
  })

  const count = useRef(0)
  count.current = items.length
  const toEnd = useCallback(() => list.current?.scrollToIndex(count.current - 1, { align: 'end' }), [])
  const lastKey = rows.at(-1)?.key
  // Not when older ones come in front: only what stands at the end counts.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something new stands at the end, or the panel opens
  useLayoutEffect(() => {
    if (atEnd && shown === null) toEnd()
  }, [lastKey, visible, toEnd])
  const mine = view.messages.at(-1)
  const minePending = mine?.author === room.me && mine.delivery === 'sending' ? mine.key : null
  useLayoutEffect(() => {
    if (minePending) toEnd()
  }, [minePending, toEnd])

  const lastTop = useRef(0)
  // Rows are measured after they are drawn, and pictures of reactions come and go: the end stays the end.
  const stays = useRef(atEnd)
  stays.current = atEnd && shown === null
  useEffect(() => {
    const box = scroll.current
    const content = box?.firstElementChild
    if (!box || !content) return
    const observer = new ResizeObserver(() => {
      if (!stays.current) return
      box.scrollTop = box.scrollHeight
      // Noted here, not with its event: who scrolls up before that comes would seem to go down.
      lastTop.current = box.scrollTop
    })
    observer.observe(box)
    observer.observe(content)
    return () => observer.disconnect()
  }, [])

  // Few messages leave nothing to scroll, and then nobody could ask for the older ones.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again whenever messages came
  useEffect(() => {
    // Asked first, for measuring lays the page out.
    if (!visible || !view.hasOlder || view.loadingOlder) return
    const box = scroll.current
    const short = box !== null && box.clientHeight > 0 && box.scrollHeight <= box.clientHeight + 400
    if (short) void room.chat.loadOlder()
  }, [rows.length, visible])

  useEffect(() => {
    if (shown === null) return
    let current = true
    void room.chat.loadAround(shown).then((there) => {
      if (!current) return
      if (there) {
        const messages = room.chat.view.get().messages
        const index = rowsOf(messages, lineAt, room.me).findIndex(
          (r) => r.kind === 'message' && r.message.number === shown,
        )
        setAtEnd(false)
        requestAnimationFrame(() => list.current?.scrollToIndex(index + 1, { align: 'center' }))
        setLit(shown)
        setTimeout(() => setLit(null), 2000)
      }
      onShown()
    })
    return () => {
      current = false
    }
  }, [shown, room, onShown, lineAt])

  const onScroll = (offset: number) => {
    const box = scroll.current
    if (!box) return
    // By the page itself: while older ones come in front, the list's own sizes and its offset are not of one moment.
    // In a burst what came meanwhile may lie below already: only who moves up leaves the end.
    const stayed = stays.current && box.scrollTop >= lastTop.current
    lastTop.current = box.scrollTop
    const near = stayed || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END
    stays.current = near && shown === null
    setAtEnd(near)
    keep()
    if (offset < 400 && view.hasOlder && !view.loadingOlder) void room.chat.loadOlder()
  }
  return (
    <div className={classes['list']}>
      <div
        ref={scroll}
        className={classes['scroll']}
        role="log"
        aria-label={t('chat.label')}
        aria-live="polite"
        tabIndex={-1}
      >
        <Virtualizer ref={list} scrollRef={scroll} onScroll={onScroll} data={items}>
          {(row) => (
            <RowView
              key={row.key}
              row={row}
              lit={lit}
              lastOwn={lastOwn}
              when={when}
              view={view}
              onLead={onLead}
              onReply={onReply}
            />
          )}
        </Virtualizer>
        {rows.length === 0 && (
          <Text c="dimmed" ta="center" p="xl">
            {t('chat.empty')}
          </Text>
        )}
      </div>
      {!atEnd && (
        <div className={classes['latest']}>
          <Button
            radius="xl"
            size="sm"
            rightSection={<IconArrowDown size={16} />}
            onClick={() => {
              setAtEnd(true)
              toEnd()
            }}
          >
            {view.unread > 0 ? t('chat.latestNew', { count: view.unread }) : t('chat.latest')}
          </Button>
        </div>
      )}
    </div>
  )
})

type RowProps = Pick<Props, 'onLead' | 'onReply' | 'view'> & {
  row: Item
  /** Number of my newest message, 0 if none. */
  lastOwn: number
  lit: number | null
  when: When
}

function RowView({ row, lit, lastOwn, when, view, onLead, onReply }: RowProps) {
  const { t } = useTranslation('room')
  switch (row.kind) {
    case 'top':
      return (
        <div style={{ height: 28, textAlign: 'center' }}>
          {view.loadingOlder ? (
            <Text size="xs" c="dimmed" role="status">
              <Loader size={12} me={6} aria-hidden />
              {t('chat.older')}
            </Text>
          ) : (
            !view.hasOlder &&
            view.messages.length > 0 && (
              <Text size="xs" c="dimmed">
                {t('chat.beginning')}
              </Text>
            )
          )}
        </div>
      )
    case 'day':
      return <div className={classes['day']}>{when.day(row.at)}</div>
    case 'new':
      return (
        <div className={classes['day']} data-new>
          {t('chat.newLine')}
        </div>
      )
    case 'message': {
      const parent =
        row.message.replyTo === null ? null : (view.messages.find((m) => m.number === row.message.replyTo) ?? 'far')
      return (
        <MessageRow
          message={row.message}
          parent={parent}
          first={row.first}
          receipt={row.message.number > 0 && row.message.number === lastOwn}
          lit={lit !== null && row.message.number === lit}
          onLead={onLead}
          onReply={onReply}
        />
      )
    }
  }
}
