import { Kbd, Modal, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHub, usePlace, useSession } from '../app/hub.tsx'
import { useStore } from '../hooks/useStore.ts'
import { destinations } from './navigation.ts'
import classes from './Palette.module.css'
import { Shortcuts } from './Shortcuts.tsx'
import { useLeave } from './useLeave.ts'

type Entry = { id: string; label: string; hint?: string; run: () => void }

/** Ctrl/Cmd K: rooms and commands; `?`: the list of keys. */
export function Palette() {
  const [opened, setOpened] = useState(false)
  const [keys, setKeys] = useState(false)
  useHotkeys([['mod+K', () => setOpened((o) => !o)]], [])
  useHotkeys([['shift+?', () => setKeys(true)]])
  return (
    <>
      {opened && <Search onClose={() => setOpened(false)} />}
      <Shortcuts opened={keys} onClose={() => setKeys(false)} />
    </>
  )
}

function Search({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['common', 'lobby'])
  const hub = useHub()
  const place = usePlace()
  const session = useSession()
  const navigate = useNavigate()
  const lobby = useStore(hub.lobby.view)
  const leaveRoom = useLeave()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const wanted = text.normalize('NFKC').toLowerCase().trim()
  const entries: Entry[] = [
    ...(place.status === 'in'
      ? [
          {
            id: 'back',
            label: t('backToRoom'),
            run: () => void navigate({ to: '/rooms/$roomId', params: { roomId: place.roomId } }),
          },
          { id: 'leave', label: t('leave'), run: () => void leaveRoom() },
        ]
      : []),
    ...destinations.map(({ to, label }) => ({ id: to, label: t(label), run: () => void navigate({ to }) })),
    ...(session.status === 'out'
      ? [{ id: 'in', label: t('signIn'), run: () => void navigate({ to: '/sign-in' }) }]
      : []),
    ...(lobby.page?.rooms ?? []).map((room) => ({
      id: room.id,
      label: room.name,
      hint: `${room.members}/${room.capacity}`,
      run: () => void navigate({ to: '/rooms/$roomId', params: { roomId: room.id } }),
    })),
  ].filter((entry) => entry.label.normalize('NFKC').toLowerCase().includes(wanted))
  const chosen = Math.min(at, entries.length - 1)
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
      title={null}
      aria-label={t('palette')}
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
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKey}
        rightSection={<Kbd>Esc</Kbd>}
        rightSectionWidth={56}
      />
      <div role="listbox" id="palette-list" aria-label={t('palette')} className={classes['list']}>
        {entries.slice(0, 12).map((entry, i) => (
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
              <Text size="sm" c="dimmed">
                {entry.hint}
              </Text>
            )}
          </UnstyledButton>
        ))}
      </div>
    </Modal>
  )
}
