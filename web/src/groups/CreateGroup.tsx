import { Button, Modal, NumberInput, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { createGroupBody } from '#schemas/api/groups.ts'
import { groupLimits } from '#schemas/groups.ts'
import { say } from '../common/say.ts'
import { useNarrow } from '../frame/useNarrow.ts'
import { useGroupAct } from './useGroups.ts'

export function CreateGroup({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['groups', 'common', 'lobby'])
  const act = useGroupAct()
  const navigate = useNavigate()
  const narrow = useNarrow()
  const form = useForm({
    initialValues: { name: '', description: '', capacity: groupLimits.capacity.usual as number, openToRequests: false },
    validate: { name: (v) => (createGroupBody.shape.name.safeParse(v).success ? null : t('lobby:dialog.wrongName')) },
  })
  const submit = form.onSubmit(async (facts) => {
    const made = await act<{ groupId: string }>('POST', '', facts)
    if (!made) return
    onClose()
    form.reset()
    say(t('founded'))
    await navigate({ to: '/groups/$groupId', params: { groupId: made.groupId } })
  })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('create')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      fullScreen={narrow}
      radius="lg"
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={t('name')}
            size="md"
            data-autofocus
            maxLength={groupLimits.name.max}
            {...form.getInputProps('name')}
          />
          <Textarea
            label={t('description')}
            size="md"
            autosize
            minRows={2}
            maxRows={6}
            maxLength={groupLimits.description}
            {...form.getInputProps('description')}
          />
          <NumberInput
            label={t('capacity')}
            size="md"
            min={groupLimits.capacity.min}
            max={groupLimits.capacity.max}
            clampBehavior="strict"
            allowDecimal={false}
            {...form.getInputProps('capacity')}
          />
          <Switch label={t('openToRequests')} {...form.getInputProps('openToRequests', { type: 'checkbox' })} />
          <Button type="submit" size="md" loading={form.submitting}>
            {t('create')}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
