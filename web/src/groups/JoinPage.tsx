import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupPreview } from '#schemas/api/groups.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub, useSession } from '../app/hub.tsx'
import { Late } from '../common/Late.tsx'
import { LinkButton } from '../common/links.tsx'
import { queries } from '../common/queries.ts'
import { sayRefusal } from '../common/say.ts'
import { GroupFace } from './GroupFace.tsx'
import './words.ts'

/** Where a link or code leads, signed in or not: name and size of the group, and one button. */
export function JoinPage() {
  const { t } = useTranslation(['groups', 'common'])
  const { code } = useParams({ from: '/join/$code' })
  const hub = useHub()
  const session = useSession()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const { data } = useQuery(
    {
      queryKey: ['groupPreview', code],
      retry: false,
      queryFn: () => hub.api.send<GroupPreview>('POST', '/api/groups/preview', { code }),
    },
    queries,
  )
  const join = async () => {
    setBusy(true)
    const answer = await hub.api.send<{ groupId: string }>('POST', '/api/groups/join', { code })
    setBusy(false)
    void queries.invalidateQueries({ queryKey: ['groups'] })
    const known = isRefusal(answer) && answer.refused === 'already_member' ? answer.details?.['groupId'] : undefined
    const groupId = isRefusal(answer) ? known : answer.groupId
    if (typeof groupId === 'string') return void navigate({ to: '/groups/$groupId', params: { groupId } })
    if (isRefusal(answer)) sayRefusal(answer.refused)
  }
  const next = `/join/${code}`
  return (
    <Stack maw={480} mx="auto" p={{ base: 'md', sm: 'xl' }} gap="md">
      <Title order={1} size="h2">
        {t('joinTitle')}
      </Title>
      {data === undefined && <Late />}
      {data && isRefusal(data) && (
        <Paper withBorder radius="lg" p="lg">
          <Text fw={650}>{t(data.refused === 'too_many_tries' ? 'common:refusal.too_many_tries' : 'wrongCode')}</Text>
          <Text c="dimmed" mt={4} mb="md">
            {t('wrongCodeText')}
          </Text>
          <LinkButton to="/groups" size="md" variant="default">
            {t('title')}
          </LinkButton>
        </Paper>
      )}
      {data && !isRefusal(data) && (
        <Paper withBorder radius="lg" p="lg" style={{ boxShadow: 'var(--sh-shadow)' }}>
          <Stack gap="md">
            <Group gap="md" wrap="nowrap">
              <GroupFace group={{ ...data, id: data.name }} size={64} />
              <div style={{ minWidth: 0 }}>
                <Text fw={650} size="lg">
                  {data.name}
                </Text>
                <Text c="dimmed">{t('ofSeats', { count: data.members, all: data.capacity })}</Text>
              </div>
            </Group>
            {session.status === 'in' ? (
              <Button size="md" onClick={() => void join()} loading={busy}>
                {t('joinAs')}
              </Button>
            ) : (
              <>
                <LinkButton to="/sign-in" search={{ next }} size="md">
                  {t('signInToJoin')}
                </LinkButton>
                <LinkButton to="/sign-up" search={{ next }} size="md" variant="default">
                  {t('common:signUp')}
                </LinkButton>
              </>
            )}
          </Stack>
        </Paper>
      )}
    </Stack>
  )
}
