import { Badge, Paper, Stack, Tabs, Title } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../app/hub.tsx'
import { LinkButton } from '../common/links.tsx'
import { Notice } from '../pages/Notice.tsx'
import { AskForm } from './AskForm.tsx'
import { FindPeople } from './FindPeople.tsx'
import { PeopleList } from './PeopleList.tsx'
import classes from './people.module.css'
import { peopleTabs } from './peopleTabs.ts'
import { usePeopleCounts } from './usePeople.ts'

const route = getRouteApi('/people')

/** Friends, requests, follows, search and blocks; each list has an address. */
export function PeoplePage() {
  const { t } = useTranslation(['people', 'common'])
  const session = useSession()
  if (session.status === 'out')
    return (
      <Notice icon={<IconUsers size={44} stroke={1.4} />} title={t('title')} text={t('signedOut')}>
        <LinkButton to="/sign-in" search={{ next: '/people' }} size="md">
          {t('common:signIn')}
        </LinkButton>
      </Notice>
    )
  return (
    <Stack maw={760} mx="auto" p={{ base: 'md', sm: 'xl' }} gap="lg">
      <Title order={1} size="h2">
        {t('title')}
      </Title>
      {session.status === 'in' && <Lists me={session.me.id} />}
    </Stack>
  )
}

function Lists({ me }: { me: string }) {
  const { t } = useTranslation('people')
  const { tab = 'friends' } = route.useSearch()
  const navigate = route.useNavigate()
  const counts = usePeopleCounts()
  const tabs = useRef<HTMLDivElement>(null)
  // On a phone the row of tabs is longer than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is another place in the row, and the number of requests moves them
  useEffect(() => {
    tabs.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [tab, counts?.incoming])
  const list = (path: string, label: string, empty: string, query?: Record<string, string>) => (
    <PeopleList path={path} label={label} empty={empty} {...(query && { query })} />
  )
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      onChange={(to) => void navigate({ search: { tab: peopleTabs.find((name) => name === to) }, replace: true })}
    >
      <Tabs.List ref={tabs} mb="md" className={classes['tabs'] ?? ''}>
        {peopleTabs.map((name) => (
          <Tabs.Tab
            key={name}
            value={name}
            rightSection={
              name === 'requests' &&
              (counts?.incoming ?? 0) > 0 && (
                <Badge circle size="sm" aria-label={t('badge', { count: counts?.incoming ?? 0 })}>
                  {counts?.incoming}
                </Badge>
              )
            }
          >
            {t(`tabs.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Paper withBorder radius="lg" p="lg" style={{ boxShadow: 'var(--sh-shadow)' }}>
        <Tabs.Panel value="friends">
          <Stack gap="lg">
            <AskForm />
            {list('/friends', t('tabs.friends'), t('empty.friends'))}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="requests">
          <Title order={2} size="h6" mb={8}>
            {t('incoming')}
          </Title>
          {list('/requests', t('incoming'), t('empty.in'), { side: 'in' })}
          <Title order={2} size="h6" mt="xl" mb={8}>
            {t('outgoing')}
          </Title>
          {list('/requests', t('outgoing'), t('empty.out'), { side: 'out' })}
        </Tabs.Panel>
        <Tabs.Panel value="following">{list(`/${me}/following`, t('tabs.following'), t('empty.following'))}</Tabs.Panel>
        <Tabs.Panel value="followers">{list(`/${me}/followers`, t('tabs.followers'), t('empty.followers'))}</Tabs.Panel>
        <Tabs.Panel value="find">
          <FindPeople />
        </Tabs.Panel>
        <Tabs.Panel value="blocked">
          <PeopleList path="/blocked" label={t('tabs.blocked')} empty={t('empty.blocked')} blocked />
        </Tabs.Panel>
      </Paper>
    </Tabs>
  )
}
