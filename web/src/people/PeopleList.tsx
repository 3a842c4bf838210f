import { Button, Skeleton, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSession } from '../app/hub.tsx'
import { usePresences } from '../presence/usePresences.ts'
import { PersonRow } from './PersonRow.tsx'
import classes from './people.module.css'
import { usePeopleList } from './usePeople.ts'

type Props = { path: string | null; query?: Record<string, string>; empty: string; label: string; blocked?: boolean }

/** A list of people that grows by pages; when it is empty it says what to do. */
export function PeopleList({ path, query = {}, empty, label, blocked = false }: Props) {
  const { t } = useTranslation(['people', 'common'])
  const session = useSession()
  const { data, isPending, isError, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = usePeopleList(
    path,
    query,
  )
  const people = data?.pages.flatMap((page) => page.people) ?? []
  const presences = usePresences(people.map(({ id }) => id))
  if (path === null) return <Text c="dimmed">{empty}</Text>
  if (isError && people.length === 0)
    return (
      <Button variant="default" onClick={() => void refetch()}>
        {t('common:retry')}
      </Button>
    )
  if (isPending)
    return (
      <Stack gap="sm" aria-hidden>
        {[1, 2, 3].map((n) => (
          <Skeleton key={n} height={56} radius="md" />
        ))}
      </Stack>
    )
  if (people.length === 0) return <Text c="dimmed">{empty}</Text>
  const me = session.status === 'in' ? session.me.id : ''
  return (
    <>
      <ul className={classes['list']} aria-label={label}>
        {people.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            isMe={person.id === me}
            blocked={blocked}
            among={path === '/friends' ? 'friends' : 'others'}
            presence={presences.get(person.id)}
          />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
