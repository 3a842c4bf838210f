import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupDetail } from '#schemas/api/groups.ts'
import { limits } from '#schemas/limits.ts'
import { Face } from '../common/Face.tsx'
import { LinkCard } from '../common/links.tsx'
import { useGroupAct } from './useGroups.ts'

/** The group's rooms with who is in them now. */
export function GroupRooms({ group }: { group: GroupDetail }) {
  const { t } = useTranslation('groups')
  const act = useGroupAct()
  const [name, setName] = useState('')
  const create = async () => {
    if (await act('POST', `/${group.id}/rooms`, { name })) setName('')
  }
  return (
    <Stack gap="sm">
      {group.rooms.length === 0 && <Text c="dimmed">{t('noRooms')}</Text>}
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
      {group.role !== 'member' && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void create()
          }}
        >
          <Group align="flex-end">
            <TextInput
              style={{ flex: 1, minWidth: 180 }}
              size="md"
              label={t('newRoom')}
              placeholder={t('name')}
              maxLength={limits.roomName.max}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button
              type="submit"
              size="md"
              leftSection={<IconPlus size={18} />}
              disabled={name.trim().length < limits.roomName.min}
            >
              {t('newRoom')}
            </Button>
          </Group>
        </form>
      )}
    </Stack>
  )
}
