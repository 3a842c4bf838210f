import { Button, Group, NativeSelect, NumberInput, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupDetail } from '#schemas/api/groups.ts'
import { groupLimits } from '#schemas/groups.ts'
import { say } from '../common/say.ts'
import { Section } from '../settings/Section.tsx'
import { GroupImage } from './GroupImage.tsx'
import { useAsk } from './useAsk.tsx'
import { useGroupAct, useMembers } from './useGroups.ts'

/** The group's facts for leader and managers, and leaving it for everybody. */
export function GroupSettings({ group, me }: { group: GroupDetail; me: string }) {
  const { t } = useTranslation(['groups', 'common'])
  const act = useGroupAct()
  const ask = useAsk()
  const navigate = useNavigate()
  const { name, description, capacity, openToRequests, id } = group
  const leads = group.role === 'leader'
  const form = useForm({ initialValues: { name, description, capacity, openToRequests } })
  const { members, hasMore, loading, more } = useMembers(id, leads)
  // Whoever is in it may lead it: a few pages at most.
  useEffect(() => {
    if (hasMore && !loading) more()
  })
  const others = members.filter(({ userId }) => userId !== me)
  const [heir, setHeir] = useState('')
  const chosen = heir || others[0]?.userId
  const save = form.onSubmit(async (facts) => {
    if (await act('PATCH', `/${id}`, facts)) say(t('saved'))
  })
  const leave = async (parting?: object) => {
    if (await act('POST', `/${id}/withdraw`, parting ? { parting } : {})) await navigate({ to: '/groups' })
  }
  return (
    <Stack gap="lg">
      {group.role !== 'member' && (
        <Section title={t('settings')}>
          <GroupImage group={group} />
          <form onSubmit={save} noValidate>
            <Stack gap="md">
              <TextInput label={t('name')} maxLength={groupLimits.name.max} {...form.getInputProps('name')} />
              <Textarea
                label={t('description')}
                autosize
                minRows={2}
                maxLength={groupLimits.description}
                {...form.getInputProps('description')}
              />
              <NumberInput
                label={t('capacity')}
                min={groupLimits.capacity.min}
                max={groupLimits.capacity.max}
                allowDecimal={false}
                {...form.getInputProps('capacity')}
              />
              <Switch label={t('openToRequests')} {...form.getInputProps('openToRequests', { type: 'checkbox' })} />
              <Group>
                <Button type="submit" loading={form.submitting}>
                  {t('common:save')}
                </Button>
              </Group>
            </Stack>
          </form>
        </Section>
      )}
      <Section title={t('withdraw')}>
        {leads && others.length > 0 && (
          <NativeSelect
            label={t('heir')}
            value={chosen ?? ''}
            onChange={(event) => setHeir(event.currentTarget.value)}
            data={others.map(({ userId, name: person }) => ({ value: userId, label: person || t('deletedMember') }))}
          />
        )}
        {!leads && (
          <Text size="sm" c="dimmed">
            {t('withdrawText')}
          </Text>
        )}
        <Group>
          {!leads && (
            <Button color="red" variant="light" onClick={() => ask(t('withdrawText'), t('withdraw'), () => leave())}>
              {t('withdraw')}
            </Button>
          )}
          {leads && chosen && (
            <Button
              color="red"
              variant="light"
              onClick={() => ask(t('withdrawText'), t('handOver'), () => leave({ choice: 'handOver', to: chosen }))}
            >
              {t('handOver')}
            </Button>
          )}
          {leads && (
            <Button
              color="red"
              onClick={() => ask(t('dissolveText'), t('dissolve'), () => leave({ choice: 'dissolve' }))}
            >
              {t('dissolve')}
            </Button>
          )}
        </Group>
      </Section>
    </Stack>
  )
}
