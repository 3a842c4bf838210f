import { Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GroupDetail } from '#schemas/api/groups.ts'
import { NewGroupRoom } from './NewGroupRoom.tsx'
import { useMembers } from './useGroups.ts'

/** Of a group without a room: the way to the first one, or who could open it. */
export function FirstRoom({ group }: { group: GroupDetail }) {
  const { t } = useTranslation('groups')
  return (
    <Paper withBorder radius="lg" p="lg">
      <Stack gap="md">
        <div>
          <Title order={2} size="h4">
            {t('noRooms')}
          </Title>
          <Text c="dimmed" mt={4}>
            {t('roomsText')}
          </Text>
        </div>
        {group.role === 'member' ? (
          <WhoOpens group={group} />
        ) : (
          <NewGroupRoom group={group.id} name={group.name} submit={t('firstRoom')} />
        )}
      </Stack>
    </Paper>
  )
}

function WhoOpens({ group }: { group: GroupDetail }) {
  const { t } = useTranslation('groups')
  // Of a large group the page need not hold him: then he is told by his role.
  const leader = useMembers(group.id).members.find(({ userId }) => userId === group.leader)?.name
  return <Text>{leader ? t('firstRoomBy', { name: leader }) : t('firstRoomByLeader')}</Text>
}
