import { Group, Paper, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GroupDetail } from '#schemas/api/groups.ts'
import { Face } from '../common/Face.tsx'
import { LinkCard } from '../common/links.tsx'
import { FirstRoom } from './FirstRoom.tsx'
import { NewGroupRoom } from './NewGroupRoom.tsx'

/** The group's rooms with who is in them now. */
export function GroupRooms({ group }: { group: GroupDetail }) {
  const { t } = useTranslation('groups')
  if (group.rooms.length === 0) return <FirstRoom group={group} />
  return (
    <Stack gap="sm">
      {group.rooms.map((room) => (
        <LinkCard key={room.id} to="/rooms/$roomId" params={{ roomId: room.id }} display="block">
          <Paper withBorder radius="lg" p="md" style={{ boxShadow: 'var(--sh-shadow)' }}>
            <Group justify="space-between" wrap="nowrap">
              <Text fw={650} truncate>
                {room.name}
              </Text>
              <Group gap={4} wrap="nowrap">
                {room.faces.map(({ userId, name: person, image }) => (
                  <Face key={userId} id={userId} name={person} image={image} size={28} />
                ))}
                <Text size="sm" c="dimmed" ms={6} style={{ whiteSpace: 'nowrap' }}>
                  {room.members === 0 ? t('asleep') : t('here', { count: room.members })}
                </Text>
              </Group>
            </Group>
          </Paper>
        </LinkCard>
      ))}
      {group.role !== 'member' && <NewGroupRoom group={group.id} submit={t('newRoom')} />}
    </Stack>
  )
}
