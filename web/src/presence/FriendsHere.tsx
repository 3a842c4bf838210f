import { Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { friendsToWatch } from '#client/presence/friends.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { queries } from '../common/queries.ts'
import { PresenceFace } from './PresenceFace.tsx'
import { PresenceLine } from './PresenceLine.tsx'
import classes from './presence.module.css'
import { usePresences } from './usePresences.ts'

/** Friends who are there now, and where: nothing when nobody is. */
export function FriendsHere() {
  const { t, i18n } = useTranslation('presence')
  const hub = useHub()
  const { data = [] } = useQuery(
    {
      queryKey: ['people', 'friends', 'here'],
      staleTime: 0,
      refetchInterval: 30_000,
      queryFn: async () => {
        const answer = await friendsToWatch(hub)
        return isRefusal(answer) ? [] : answer.people
      },
    },
    queries,
  )
  const presences = usePresences(data.map(({ id }) => id))
  const here = data
    .filter(({ id }) => (presences.get(id)?.state ?? 'offline') !== 'offline')
    .sort((a, b) => a.name.localeCompare(b.name, i18n.language))
  if (here.length === 0) return null
  return (
    <section aria-labelledby="friends-here">
      <Title order={2} size="h5" id="friends-here" mb={8}>
        {t('friendsHere')}
      </Title>
      <ul className={classes['here']}>
        {here.map(({ id, name, image }) => (
          <li key={id} className={classes['friend']}>
            <PresenceFace id={id} name={name} image={image} size={40} presence={presences.get(id)} />
            <div style={{ minWidth: 0 }}>
              <Text fw={600} truncate>
                {name}
              </Text>
              <PresenceLine presence={presences.get(id)} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
