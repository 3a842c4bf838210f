import { Alert, Badge, Group, Stack, Tabs, Text, Title } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isRefusal } from '#schemas/refusals.ts'
import { useSession } from '../app/hub.tsx'
import { Late } from '../common/Late.tsx'
import { LinkButton } from '../common/links.tsx'
import { GroupFace } from './GroupFace.tsx'
import { GroupInvite } from './GroupInvite.tsx'
import { GroupPeople } from './GroupPeople.tsx'
import { GroupRooms } from './GroupRooms.tsx'
import { GroupSettings } from './GroupSettings.tsx'
import { useGroup } from './useGroups.ts'
import './words.ts'

/** A group as one of its members sees it. */
export function GroupPage() {
  const { t } = useTranslation(['groups', 'common'])
  const { groupId } = useParams({ from: '/groups/$groupId' })
  const session = useSession()
  const group = useGroup(groupId)
  if (group === undefined) return <Late />
  if (isRefusal(group) || session.status !== 'in')
    return (
      <Stack maw={640} mx="auto" p="xl" gap="md" align="flex-start">
        <Alert color="gray" w="100%">
          {t(`common:refusal.${isRefusal(group) ? group.refused : 'unauthenticated'}`)}
        </Alert>
        <LinkButton to="/groups" variant="default" size="md">
          {t('title')}
        </LinkButton>
      </Stack>
    )
  const manages = group.role !== 'member'
  return (
    <Stack maw={820} mx="auto" p={{ base: 'md', sm: 'xl' }} gap="lg">
      <div>
        <Group gap="md" wrap="nowrap">
          <GroupFace group={group} size={64} />
          <div style={{ minWidth: 0 }}>
            <Group gap="sm">
              <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
                {group.name}
              </Title>
              <Badge variant="light" color="gray">
                {t(`roles.${group.role}`)}
              </Badge>
            </Group>
            <Text c="dimmed" mt={4}>
              {t('ofSeats', { count: group.members, all: group.capacity })}
            </Text>
          </div>
        </Group>
        {group.description && (
          <Text mt="sm" style={{ whiteSpace: 'pre-line' }}>
            {group.description}
          </Text>
        )}
      </div>
      <Tabs defaultValue="rooms" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="rooms">{t('rooms')}</Tabs.Tab>
          <Tabs.Tab value="people">{t('people')}</Tabs.Tab>
          {manages && (
            <Tabs.Tab value="invite" rightSection={group.requests > 0 && <Badge size="sm">{group.requests}</Badge>}>
              {t('invite')}
            </Tabs.Tab>
          )}
          <Tabs.Tab value="settings">{t('settings')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rooms">
          <GroupRooms group={group} />
        </Tabs.Panel>
        <Tabs.Panel value="people">
          <GroupPeople group={group} me={session.me.id} />
        </Tabs.Panel>
        {manages && (
          <Tabs.Panel value="invite">
            <GroupInvite group={group} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="settings">
          <GroupSettings group={group} me={session.me.id} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}
