import { Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PeopleList } from './PeopleList.tsx'

/** People by the beginning of their handle or name, while one types. */
export function FindPeople() {
  const { t } = useTranslation('people')
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 250)
  return (
    <Stack gap="md">
      <TextInput
        label={t('find.label')}
        size="md"
        type="search"
        maxLength={60}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <PeopleList
        path={q === '' ? null : ''}
        query={{ q }}
        label={t('tabs.find')}
        empty={q === '' ? t('find.hint') : t('find.nobody')}
      />
    </Stack>
  )
}
