import { Badge, Group, Paper, Stack, Tabs, Text, Title } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../app/hub.tsx'
import { LinkButton } from '../common/links.tsx'
import { AskForm } from './AskForm.tsx'
import { FindPeople } from './FindPeople.tsx'
import { PeopleList } from './PeopleList.tsx'
import { peopleTabs } from './peopleTabs.ts'
import { usePeopleCounts } from './usePeople.ts'

const route = getRouteApi('/people')

/** Friends, requests, follows, search and blocks; each list has an address. */
export function PeoplePage() {
  const { t } = useTranslation(['people', 'common'])
  const session = useSession()
  return (
    <Stack maw={760} mx="auto" p={{ base: 'md', sm: 'xl' }} gap="lg">
      <Title order={1} size="h2">
        {t('title')}
      </Title>
      {session.status === 'in' && <Lists me={session.me.id} />}
      {session.status === 'out' && (
        <>
          <Text c="dimmed">{t('signedOut')}</Text>
          <Group>
            <LinkButton to="/sign-in" search={{ next: '/people' }} size="md">
              {t('common:signIn')}
            </LinkButton>
          </Group>
        </>
      )}
    </Stack>
  )
}

function Lists({ me }: { me: string }) {
  const { t } = useTranslation('people')
  const { tab = 'friends' } = route.useSearch()
  const navigate = route.useNavigate()
  const counts = usePeopleCounts()
  const list = (path: string, label: string, empty: string, query?: Record<string, string>) => (
    <PeopleList path={path} label={label} empty={empty} {...(query && { query })} />
  )
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      onChange={(to) => void navigate({ search: { tab: peopleTabs.find((name) => name === to) }, replace: true })}
    >
      <Tabs.List mb="md" style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }}>
        {peopleTabs.map((name) => (
          <Tabs.Tab
            key={name}
            value={name}
            style={{ minHeight: 44, whiteSpace: 'nowrap' }}
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
