import { ActionIcon, Badge, Button, Group, Menu, Stack, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { GroupDetail, GroupMember } from '#schemas/api/groups.ts'
import { Face } from '../common/Face.tsx'
import { say } from '../common/say.ts'
import { useAsk } from './useAsk.tsx'
import { useGroupAct, useMembers } from './useGroups.ts'

/** Members, and what leader and managers may do with each. */
export function GroupPeople({ group, me }: { group: GroupDetail; me: string }) {
  const { t } = useTranslation('people')
  const { members, hasMore, loading, more } = useMembers(group.id)
  return (
    <>
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {members.map((member) => (
          <Row key={member.userId} member={member} group={group} me={me} />
        ))}
      </Stack>
      {hasMore && (
        <Button variant="default" mt="md" loading={loading} onClick={more}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

function Row({ member, group, me }: { member: GroupMember; group: GroupDetail; me: string }) {
  const { t } = useTranslation('groups')
  const act = useGroupAct()
  const ask = useAsk()
  const { userId, role, warnings } = member
  const name = member.name || t('deletedMember')
  const path = `/${group.id}/members/${userId}`
  const leads = group.role === 'leader'
  const mayAct = userId !== me && role !== 'leader' && (leads || (group.role === 'manager' && role === 'member'))
  const warn = async () => {
    const done = await act<{ warnings: number }>('POST', `${path}/warn`, {})
    if (done) say(t('warned', { count: done.warnings }))
  }
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
        <Face id={userId} name={name} image={member.image} />
        <div style={{ minWidth: 0 }}>
          <Text fw={600} truncate>
            {name}
          </Text>
          <Text size="sm" c="dimmed" truncate>
            @{member.handle}
          </Text>
        </div>
      </Group>
      <Group gap={6} wrap="nowrap" style={{ flex: 'none' }}>
        {warnings !== null && warnings > 0 && (
          <Badge color="var(--sh-unread)" c="var(--sh-surface)">
            {t('warnings', { count: warnings })}
          </Badge>
        )}
        {role !== 'member' && (
          <Badge variant="light" color="gray">
            {t(`roles.${role}`)}
          </Badge>
        )}
        {mayAct && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('acts', { name })}>
                <IconDots size={20} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {leads && (
                <>
                  <Menu.Item
                    onClick={() => void act('PATCH', path, { role: role === 'manager' ? 'member' : 'manager' })}
                  >
                    {t(role === 'manager' ? 'makeMember' : 'makeManager')}
                  </Menu.Item>
                  <Menu.Item
                    onClick={() =>
                      ask(t('sureLead', { name }), t('makeLeader'), () =>
                        act('POST', `/${group.id}/transfer`, { to: userId }),
                      )
                    }
                  >
                    {t('makeLeader')}
                  </Menu.Item>
                  <Menu.Divider />
                </>
              )}
              <Menu.Item onClick={() => ask(t('sureWarn', { name }), t('warn'), warn)}>{t('warn')}</Menu.Item>
              <Menu.Item
                color="var(--sh-danger)"
                onClick={() => ask(t('sureKick', { name }), t('kick'), () => act('POST', `${path}/kick`, {}))}
              >
                {t('kick')}
              </Menu.Item>
              <Menu.Item
                color="var(--sh-danger)"
                onClick={() => ask(t('sureBan', { name }), t('ban'), () => act('POST', `${path}/ban`, {}))}
              >
                {t('ban')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
    </Group>
  )
}
