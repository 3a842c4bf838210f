import { Alert, Badge, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isRefusal } from '#schemas/refusals.ts'
import { useSession } from '../app/hub.tsx'
import { Late } from '../common/Late.tsx'
import { LinkButton, LinkCard } from '../common/links.tsx'
import { Notice } from '../pages/Notice.tsx'
import { Section } from '../settings/Section.tsx'
import { CreateGroup } from './CreateGroup.tsx'
import { codeIn } from './codeIn.ts'
import { GroupFace } from './GroupFace.tsx'
import { OpenGroups } from './OpenGroups.tsx'
import { useGroupAct, useMyGroups } from './useGroups.ts'
import './words.ts'

/** My groups, who invites me, whom I asked, and the ways into another one. */
export function GroupsPage() {
  const { t } = useTranslation(['groups', 'common'])
  const session = useSession()
  const [creating, dialog] = useDisclosure(false)
  const mine = useMyGroups(session.status === 'in')
  const act = useGroupAct()
  const navigate = useNavigate()
  const [code, setCode] = useState('')
  if (session.status === 'out')
    return (
      <Notice icon={<IconUsersGroup size={44} stroke={1.4} />} title={t('title')} text={t('intro')}>
        <LinkButton to="/sign-in" search={{ next: '/groups' }} size="md">
          {t('common:signIn')}
        </LinkButton>
      </Notice>
    )
  const answer = mine && !isRefusal(mine) ? mine : null
  return (
    <Stack maw={760} mx="auto" p={{ base: 'md', sm: 'xl' }} gap="lg">
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h2">
            {t('title')}
          </Title>
          <Text c="dimmed" mt={4}>
            {t('intro')}
          </Text>
        </div>
        <Button
          size="md"
          leftSection={<IconPlus size={18} />}
          onClick={dialog.open}
          disabled={answer !== null && answer.groups.length >= answer.max}
        >
          {t('create')}
        </Button>
      </Group>
      {mine === undefined && <Late />}
      {mine && isRefusal(mine) && <Alert color="red">{t(`common:refusal.${mine.refused}`)}</Alert>}
      {answer?.groups.length === 0 && (
        <Paper withBorder radius="lg" p="xl" ta="center">
          <IconUsersGroup size={40} stroke={1.4} aria-hidden />
          <Title order={2} size="h4" mt="xs">
            {t('none')}
          </Title>
          <Text c="dimmed">{t('noneText')}</Text>
        </Paper>
      )}
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {answer?.groups.map((group) => (
          <li key={group.id}>
            <LinkCard to="/groups/$groupId" params={{ groupId: group.id }} display="block">
              <Paper withBorder radius="lg" p="md" style={{ boxShadow: 'var(--sh-shadow)' }}>
                <Group justify="space-between" wrap="nowrap">
                  <GroupFace group={group} size={44} />
                  <div style={{ minWidth: 0, flex: 1 }}>
                    <Text fw={650} truncate>
                      {group.name}
                    </Text>
                    <Text size="sm" c="dimmed" lineClamp={2}>
                      {group.description || t('ofSeats', { count: group.members, all: group.capacity })}
                    </Text>
                    <Group gap={6} mt={6}>
                      {group.requests > 0 && (
                        <Badge variant="light">{t('requestsWaiting', { count: group.requests })}</Badge>
                      )}
                      {group.rooms.some((room) => room.members > 0) && (
                        <Badge variant="light" color="gray">
                          {t('here', { count: group.rooms.reduce((n, room) => n + room.members, 0) })}
                        </Badge>
                      )}
                    </Group>
                  </div>
                </Group>
              </Paper>
            </LinkCard>
          </li>
        ))}
      </Stack>
      {answer && (
        <Text size="sm" c="dimmed">
          {t('limit', { max: answer.max })}
        </Text>
      )}
      {answer && answer.invitations.length > 0 && (
        <Section title={t('invitations')}>
          {answer.invitations.map(({ id, name, image, by }) => (
            <Group key={id} justify="space-between">
              <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
                <GroupFace group={{ id, name, image }} />
                <div style={{ minWidth: 0 }}>
                  <Text fw={600}>{name}</Text>
                  <Text size="sm" c="dimmed">
                    {t('invitedBy', { name: by || t('deletedMember') })}
                  </Text>
                </div>
              </Group>
              <Group gap="xs">
                <Button
                  variant="default"
                  onClick={() => void act('DELETE', `/${id}/invitations/mine`)}
                  aria-label={`${t('decline')}: ${name}`}
                >
                  {t('decline')}
                </Button>
                <Button
                  onClick={() => void act('POST', `/${id}/invitations/accept`)}
                  aria-label={`${t('accept')}: ${name}`}
                >
                  {t('accept')}
                </Button>
              </Group>
            </Group>
          ))}
        </Section>
      )}
      <Section title={t('join')}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void navigate({ to: '/join/$code', params: { code: codeIn(code) } })
          }}
        >
          <Group align="flex-end">
            <TextInput
              style={{ flex: 1, minWidth: 200 }}
              size="md"
              label={t('code')}
              description={t('joinHint')}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              autoComplete="off"
            />
            <Button type="submit" size="md" variant="default" disabled={codeIn(code) === ''}>
              {t('joinNow')}
            </Button>
          </Group>
        </form>
      </Section>
      {answer && answer.requested.length > 0 && (
        <Section title={t('asked')}>
          {answer.requested.map(({ id, name, image }) => (
            <Group key={id} justify="space-between">
              <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
                <GroupFace group={{ id, name, image }} />
                <Text>{name}</Text>
              </Group>
              <Button
                variant="default"
                aria-label={`${t('takeBack')}: ${name}`}
                onClick={() => session.status === 'in' && void act('DELETE', `/${id}/requests/${session.me.id}`)}
              >
                {t('takeBack')}
              </Button>
            </Group>
          ))}
        </Section>
      )}
      <OpenGroups />
      <CreateGroup opened={creating} onClose={dialog.close} />
    </Stack>
  )
}
