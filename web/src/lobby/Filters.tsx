import { Chip, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { levels, roomSorts } from '#schemas/limits.ts'
import type { RoomQuery } from '#schemas/messages/lobby.ts'
import classes from './lobby.module.css'
import type { LobbySearch } from './lobbySearch.ts'
import type { LobbyAddress } from './useLobbySearch.ts'

const chip = { label: classes['chip'] ?? '' }

export function Filters({ search, refine }: LobbyAddress) {
  const { t } = useTranslation(['lobby', 'common'])
  const { q = '', level = 'all', sort = 'newest', free = false } = search
  const [text, setText] = useState(q)
  const find = useDebouncedCallback((words: string) => refine({ q: words }, { replace: true }), 250)
  // The address changed by other means (back, "show all"): the field follows. While one types, it is the address that follows.
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (document.activeElement !== field.current) setText(q)
  }, [q])
  return (
    <search className={classes['filters']}>
      <TextInput
        aria-label={t('search')}
        placeholder={t('search')}
        ref={field}
        type="search"
        size="md"
        leftSection={<IconSearch size={18} aria-hidden />}
        value={text}
        maxLength={60}
        onChange={(event) => {
          setText(event.currentTarget.value)
          find(event.currentTarget.value)
        }}
        className={classes['search'] ?? ''}
      />
      <Chip.Group
        value={level}
        onChange={(value) => refine({ level: value === 'all' ? undefined : value } as LobbySearch)}
      >
        <div className={classes['chips']} role="radiogroup" aria-label={t('levels')}>
          <Chip value="all" size="md" radius="xl" classNames={chip}>
            {t('allLevels')}
          </Chip>
          {levels.map((name) => (
            <Chip key={name} value={name} size="md" radius="xl" classNames={chip}>
              {t(`common:level.${name}`)}
            </Chip>
          ))}
        </div>
      </Chip.Group>
      <Chip
        size="md"
        radius="xl"
        classNames={chip}
        checked={free}
        onChange={(on) => refine({ free: on || undefined } as LobbySearch)}
      >
        {t('freeOnly')}
      </Chip>
      <NativeSelect
        aria-label={t('sort')}
        size="md"
        value={sort}
        onChange={(event) => refine({ sort: event.currentTarget.value as RoomQuery['sort'] })}
        data={roomSorts.map((sort) => ({ value: sort, label: t(`sorts.${sort}`) }))}
        className={classes['sort'] ?? ''}
      />
    </search>
  )
}
