import { ActionIcon, Badge, Menu, Text, Title } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRoom } from '../../hooks/useRoom.ts'
import { PersonFace } from '../../people/PersonFace.tsx'
import { deskOf } from '../desks/deskState.ts'
import classes from '../room.module.css'
import { useMyRole, useStudyRoom } from '../roomContext.tsx'
import { HandQueue } from './HandQueue.tsx'
import { MemberActs } from './MemberActs.tsx'
import { Records } from './Records.tsx'

export function PeoplePanel() {
  const { t } = useTranslation('room')
  const room = useStudyRoom()
  const { moderates } = useMyRole()
  const people = useRoom(room, (s) =>
    [...s.members.values()]
      .sort((a, b) => a.entrance - b.entrance)
      .map((m) => ({ id: m.userId, handle: m.handle, ...deskOf(s, m.userId) })),
  )
  return (
    <div className={classes['people']}>
      <HandQueue />
      <section aria-labelledby="people-here">
        <Title order={2} size="h6" id="people-here" mb={8}>
          {t('people.title')}
        </Title>
        <ul className={classes['plainList']}>
          {people.map((p) => (
            <li key={p.id} className={classes['person']}>
              <PersonFace id={p.id} name={p.name ?? ''} image={p.image} />
              <div style={{ minWidth: 0, flex: 1 }}>
                <Text fw={600} truncate>
                  {p.name}
                </Text>
                <Text size="xs" c="dimmed" truncate>
                  @{p.handle} · {t(`desks.state.${p.what ?? 'here'}`)}
                </Text>
              </div>
              {(p.owner || p.moderator) && (
                <Badge variant="light" color="gray">
                  {t(p.owner ? 'role.owner' : 'role.moderator')}
                </Badge>
              )}
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon size={40} variant="subtle" color="gray" aria-label={t('acts.of', { name: p.name ?? '' })}>
                    <IconDots size={18} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <MemberActs userId={p.id} name={p.name ?? ''} />
                </Menu.Dropdown>
              </Menu>
            </li>
          ))}
        </ul>
      </section>
      {moderates && <Records />}
    </div>
  )
}
