import { Button, Group, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenGroups as Found } from '#schemas/api/groups.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'
import { say } from '../common/say.ts'
import { Section } from '../settings/Section.tsx'
import { GroupFace } from './GroupFace.tsx'
import { useGroupAct, useMyGroups } from './useGroups.ts'

/** Groups that take requests, by a part of their name. */
export function OpenGroups() {
  const { t } = useTranslation('groups')
  const hub = useHub()
  const act = useGroupAct()
  const [q, setQ] = useState('')
  const [asked] = useDebouncedValue(q, 250)
  const { data } = useQuery(
    {
      queryKey: ['groups', 'open', asked],
      queryFn: () => hub.api.get<Found>('/api/groups/open', { q: asked, limit: 20 }),
    },
    queries,
  )
  const mine = useMyGroups()
  const known = mine && !isRefusal(mine) ? [...mine.groups, ...mine.requested, ...mine.invitations] : []
  // Those I am in, asked or am invited to stand above.
  const found = data && !isRefusal(data) ? data.groups.filter(({ id }) => !known.some((one) => one.id === id)) : []
  const ask = async (id: string) => {
    if (await act('POST', `/${id}/requests`, {})) say(t('askedNow'))
  }
  return (
    <Section title={t('open')}>
      <TextInput
        size="md"
        aria-label={t('search')}
        placeholder={t('search')}
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
      />
      {data && found.length === 0 && <Text c="dimmed">{t('noneOpen')}</Text>}
      {found.map(({ id, name, image, members, capacity }) => (
        <Group key={id} justify="space-between" wrap="nowrap">
          <GroupFace group={{ id, name, image }} />
          <div style={{ minWidth: 0, flex: 1 }}>
            <Text fw={600} lineClamp={2}>
              {name}
            </Text>
            <Text size="sm" c="dimmed">
              {t('ofSeats', { count: members, all: capacity })}
            </Text>
          </div>
          <Button variant="default" onClick={() => void ask(id)} aria-label={`${t('ask')}: ${name}`}>
            {t('ask')}
          </Button>
        </Group>
      ))}
    </Section>
  )
}
