import { Button, Code, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupDetail, GroupInvites, GroupRecords, GroupRequests, NewInvite } from '#schemas/api/groups.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { copyText } from '../common/copyText.tsx'
import { say } from '../common/say.ts'
import { Section } from '../settings/Section.tsx'
import { useGroupAct, useOfGroup } from './useGroups.ts'

const DAYS = [1, 7, 30, 0] as const
const USES = [0, 1, 5, 25] as const
const joinAddress = (code: string) => `${location.origin}/join/${code}`

/** The ways into the group, for leader and managers: code, links, people by handle, requests; and who is out. */
export function GroupInvite({ group }: { group: GroupDetail }) {
  const { t, i18n } = useTranslation('groups')
  const act = useGroupAct()
  const { id } = group
  const invites = useOfGroup<GroupInvites>(id, 'invites')
  const requests = useOfGroup<GroupRequests>(id, 'requests')
  const records = useOfGroup<GroupRecords>(id, 'removed')
  const [days, setDays] = useState('7')
  const [uses, setUses] = useState('0')
  const [link, setLink] = useState('')
  const [handle, setHandle] = useState('')
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  const renew = async () => {
    if (await act('POST', `/${id}/code`)) say(t('renewed'))
  }
  const make = async () => {
    const body = { days: Number(days) || null, uses: Number(uses) || null }
    const made = await act<NewInvite>('POST', `/${id}/invites`, body)
    if (made) setLink(joinAddress(made.code))
  }
  const invite = async () => {
    if (!(await act('POST', `/${id}/invitations`, { handle }))) return
    say(t('invited'))
    setHandle('')
  }
  return (
    <Stack gap="lg">
      {requests && !isRefusal(requests) && requests.requests.length > 0 && (
        <Section title={t('requests')}>
          {requests.requests.map(({ userId, name, handle: at, text }) => (
            <Group key={userId} justify="space-between">
              <div>
                <Text fw={600}>
                  {name} <Text span size="sm" c="dimmed">{`@${at}`}</Text>
                </Text>
                {text && <Text size="sm">{text}</Text>}
              </div>
              <Group gap="xs">
                <Button
                  variant="default"
                  aria-label={`${t('refuse')}: ${name}`}
                  onClick={() => void act('DELETE', `/${id}/requests/${userId}`)}
                >
                  {t('refuse')}
                </Button>
                <Button
                  aria-label={`${t('accept')}: ${name}`}
                  onClick={() => void act('POST', `/${id}/requests/${userId}/accept`)}
                >
                  {t('accept')}
                </Button>
              </Group>
            </Group>
          ))}
        </Section>
      )}
      <Section title={t('joinCode')}>
        <Text size="sm" c="dimmed">
          {t('joinCodeHint')}
        </Text>
        <Code block fz="md" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} data-testid="group-code">
          {group.code}
        </Code>
        <Group>
          <Button variant="default" onClick={() => void copyText(group.code ?? '', t('copied'))}>
            {t('copy')}
          </Button>
          <Button variant="subtle" color="gray" onClick={() => void renew()}>
            {t('renew')}
          </Button>
        </Group>
      </Section>
      <Section title={t('links')}>
        <Group align="flex-end">
          <NativeSelect
            label={t('days')}
            value={days}
            onChange={(event) => setDays(event.currentTarget.value)}
            data={DAYS.map((n) => ({
              value: String(n),
              label: n === 0 ? t('forEver') : t('daysCount', { count: n }),
            }))}
          />
          <NativeSelect
            label={t('uses')}
            value={uses}
            onChange={(event) => setUses(event.currentTarget.value)}
            data={USES.map((n) => ({ value: String(n), label: n === 0 ? t('usesAny') : String(n) }))}
          />
          <Button onClick={() => void make()}>{t('newLink')}</Button>
        </Group>
        {link && (
          <Group align="flex-end">
            <TextInput
              style={{ flex: 1, minWidth: 200 }}
              label={t('linkOnce')}
              value={link}
              readOnly
              data-testid="group-link"
              onFocus={(event) => event.currentTarget.select()}
            />
            <Button variant="default" onClick={() => void copyText(link, t('copied'))}>
              {t('copy')}
            </Button>
          </Group>
        )}
        {invites &&
          !isRefusal(invites) &&
          invites.invites.map((one) => (
            <Group key={one.id} justify="space-between" wrap="nowrap">
              <Text size="sm" style={{ minWidth: 0 }}>
                {one.byName} ·{' '}
                {one.maxUses === null
                  ? t('used', { count: one.uses })
                  : t('usedOf', { count: one.uses, all: one.maxUses })}{' '}
                · {one.expiresAt === null ? t('forEver') : t('ends', { when: when.format(one.expiresAt) })}
              </Text>
              <Button
                variant="subtle"
                color="red"
                style={{ flex: 'none' }}
                onClick={() => void act('DELETE', `/${id}/invites/${one.id}`)}
                aria-label={`${t('revoke')}: ${one.byName} ${when.format(one.createdAt)}`}
              >
                {t('revoke')}
              </Button>
            </Group>
          ))}
      </Section>
      <Section title={t('byHandle')}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void invite()
          }}
        >
          <Group align="flex-end">
            <TextInput
              style={{ flex: 1, minWidth: 180 }}
              label={t('handle')}
              value={handle}
              onChange={(event) => setHandle(event.currentTarget.value)}
              autoComplete="off"
            />
            <Button type="submit" variant="default" disabled={handle.trim() === ''}>
              {t('invite')}
            </Button>
          </Group>
        </form>
      </Section>
      {records && !isRefusal(records) && records.removed.length > 0 && (
        <Section title={t('removed')}>
          {records.removed.map(({ userId, name, how, reason }) => (
            <Group key={userId} justify="space-between">
              <Text>
                {name || t('deletedMember')} · {t(`how.${how}`)} {reason && `· ${reason}`}
              </Text>
              <Button
                variant="default"
                onClick={() => void act('DELETE', `/${id}/removed/${userId}`)}
                aria-label={`${t('letBack')}: ${name}`}
              >
                {t('letBack')}
              </Button>
            </Group>
          ))}
        </Section>
      )}
    </Stack>
  )
}
