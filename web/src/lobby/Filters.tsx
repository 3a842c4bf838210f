import { Chip, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LobbyView } from '#client/types.ts'
import { type Level, levels } from '#schemas/limits.ts'
import { type RoomQuery, roomSorts } from '#schemas/messages/lobby.ts'
import { useHub } from '../app/hub.tsx'
import classes from './lobby.module.css'

export function Filters({ view }: { view: LobbyView }) {
  const { t } = useTranslation(['lobby', 'common'])
  const { lobby } = useHub()
  const [text, setText] = useState(view.query.q)
  const search = useDebouncedCallback((q: string) => void lobby.look({ q, cursor: undefined }), 250)
  const level = view.query.level ?? 'all'
  return (
    <search className={classes['filters']}>
      <TextInput
        aria-label={t('search')}
        placeholder={t('search')}
        type="search"
        size="md"
        leftSection={<IconSearch size={18} aria-hidden />}
        value={text}
        maxLength={60}
        onChange={(event) => {
          setText(event.currentTarget.value)
          search(event.currentTarget.value)
        }}
        className={classes['search'] ?? ''}
      />
      <Chip.Group
        value={level}
        onChange={(value) =>
          void lobby.look({ level: value === 'all' ? undefined : (value as Level), cursor: undefined })
        }
      >
        <div className={classes['chips']} role="radiogroup" aria-label={t('levels')}>
          <Chip value="all" size="md" radius="xl">
            {t('allLevels')}
          </Chip>
          {levels.map((name) => (
            <Chip key={name} value={name} size="md" radius="xl">
              {t(`common:level.${name}`)}
            </Chip>
          ))}
        </div>
      </Chip.Group>
      <NativeSelect
        aria-label={t('sort')}
        size="md"
        value={view.query.sort}
        onChange={(event) =>
          void lobby.look({ sort: event.currentTarget.value as RoomQuery['sort'], cursor: undefined })
        }
        data={roomSorts.map((sort) => ({ value: sort, label: t(`sorts.${sort}`) }))}
        className={classes['sort'] ?? ''}
      />
    </search>
  )
}
