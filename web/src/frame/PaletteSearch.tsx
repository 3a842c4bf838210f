import { Kbd, Modal, Text, TextInput, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomPage } from '#schemas/messages/lobby.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub, usePlace, useSession } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'
import { RoomContext } from '../room/roomContext.tsx'
import { destinations } from './navigation.ts'
import classes from './Palette.module.css'
import { type Entry, fitting } from './paletteEntries.ts'
import { useRoomCommands } from './useRoomCommands.ts'

const ROOMS = 8

type Props = { onClose: () => void; onKeys: () => void }

/** The palette itself: commands of the room one is in, screens, rooms anywhere. */
export function PaletteSearch({ onClose, onKeys }: Props) {
  const place = usePlace()
  if (place.status !== 'in') return <Search commands={[]} onClose={onClose} onKeys={onKeys} />
  return (
    <RoomContext value={place.room}>
      <SearchInRoom onClose={onClose} onKeys={onKeys} />
    </RoomContext>
  )
}

const SearchInRoom = (props: Props) => <Search commands={useRoomCommands()} {...props} />

function Search({ commands, onClose, onKeys }: Props & { commands: readonly Entry[] }) {
  const { t } = useTranslation(['common', 'lobby'])
  const session = useSession()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const rooms = useRooms(text.trim())
  const entries: Entry[] = [
    ...fitting(
      [
        ...commands,
        ...destinations.map(({ to, label }) => ({ id: to, label: t(label), run: () => void navigate({ to }) })),
        { id: 'keys', label: t('shortcuts'), hint: '?', run: onKeys },
        ...(session.status === 'out'
          ? [{ id: 'in', label: t('signIn'), run: () => void navigate({ to: '/sign-in' }) }]
          : []),
      ],
      text,
    ),
    ...rooms.map((room) => ({
      id: room.id,
      label: room.name,
      hint: `${room.members}/${room.capacity}`,
      run: () => void navigate({ to: '/rooms/$roomId', params: { roomId: room.id } }),
    })),
  ]
  const chosen = Math.min(at, entries.length - 1)
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen line stays in sight
  useEffect(() => {
    // In newer browsers it answers a promise, which is no clean-up.
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    entry.run()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || entries.length === 0) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setAt((chosen + (event.key === 'ArrowDown' ? 1 : entries.length - 1)) % entries.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(entries[chosen])
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding="xs"
      radius="lg"
      yOffset="12vh"
      centered={false}
      title={<VisuallyHidden>{t('palette')}</VisuallyHidden>}
      styles={{ header: { minHeight: 0, padding: 0 } }}
    >
      <TextInput
        data-autofocus
        size="lg"
        variant="unstyled"
        px="sm"
        placeholder={t('palette')}
        aria-label={t('palette')}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={entries[chosen] ? `palette-${entries[chosen].id}` : undefined}
        value={text}
        maxLength={60}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKey}
        rightSection={<Kbd>Esc</Kbd>}
        rightSectionWidth={56}
      />
      <div ref={list} role="listbox" id="palette-list" aria-label={t('palette')} className={classes['list']}>
        {entries.map((entry, i) => (
          <UnstyledButton
            key={entry.id}
            id={`palette-${entry.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen}
            className={classes['entry']}
            onMouseEnter={() => setAt(i)}
            onClick={() => run(entry)}
          >
            <Text truncate>{entry.label}</Text>
            {entry.hint && (
              <Text size="sm" c="dimmed" style={{ flex: 'none' }}>
                {entry.hint}
              </Text>
            )}
          </UnstyledButton>
        ))}
      </div>
      {entries.length === 0 && (
        <Text p="sm" c="dimmed" role="status">
          {t('lobby:noneFoundTitle')}
        </Text>
      )}
    </Modal>
  )
}

/** Live rooms that fit, wherever they are: asked of the server, not of the page the lobby happens to show. */
function useRooms(q: string): RoomPage['rooms'] {
  const hub = useHub()
  const [settled] = useDebouncedValue(q, 200)
  const { data } = useQuery(
    {
      queryKey: ['rooms', 'find', settled],
      placeholderData: (before) => before,
      queryFn: async () => {
        const query = { q: settled, sort: 'busiest', limit: ROOMS }
        const answer = await hub.api.get<RoomPage>('/api/rooms', query)
        return isRefusal(answer) ? [] : answer.rooms
      },
    },
    queries,
  )
  return data ?? []
}
