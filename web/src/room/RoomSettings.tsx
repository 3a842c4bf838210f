import { Button, Group, Modal, Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { openConfirmModal } from '@mantine/modals'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { type Level, limits } from '#schemas/limits.ts'
import { roomChange } from '#schemas/messages/study.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { FormFoot } from '../common/FormFoot.tsx'
import { CapacityField, LevelField, NoticeField } from '../common/roomFields.tsx'
import { say, sayRefusal } from '../common/say.ts'
import { useNarrow } from '../frame/useNarrow.ts'
import { MediaSettings, mediaPolicyOf } from '../media/MediaSettings.tsx'
import { useMyRole, useStudyRoom } from './roomContext.tsx'
import { StageSettings, type StageValues, stageValuesOf } from './StageSettings.tsx'
import { useAsk } from './useAsk.ts'

/** Facts of the room; only what was changed is sent. */
export function RoomSettings({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['room', 'common', 'lobby'])
  const room = useStudyRoom()
  const hub = useHub()
  const ask = useAsk()
  const narrow = useNarrow()
  const { owns } = useMyRole()
  const facts = () => ({
    name: room.state.name,
    level: room.state.level as Level,
    tags: [...room.state.tags].filter((tag): tag is string => typeof tag === 'string'),
    capacity: room.state.capacity,
    notice: room.state.notice,
    locked: room.state.locked,
    ...stageValuesOf(room.state),
    media: mediaPolicyOf(room.state),
  })
  const form = useForm({
    initialValues: { ...facts(), password: '' },
    validate: {
      name: (v) => (roomChange.shape.name.safeParse(v).success ? null : t('lobby:dialog.wrongName')),
      password: (v) =>
        v === '' || roomChange.shape.password.safeParse(v).success ? null : t('lobby:dialog.wrongPassword'),
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening the dialog takes the facts as they are then
  useEffect(() => {
    if (opened) form.setValues({ ...facts(), password: '' })
  }, [opened])
  const save = form.onSubmit(async ({ password, ...values }) => {
    const before = facts()
    const changed = Object.fromEntries(
      Object.entries(values).filter(
        ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof typeof before]),
      ),
    )
    const change = { ...changed, ...(password && { password }) }
    if (Object.keys(change).length === 0) return onClose()
    const answer = await ask('room.change', change)
    if (isRefusal(answer)) return
    onClose()
    say(t('common:saved'))
  })
  const end = () =>
    openConfirmModal({
      title: t('change.endConfirm'),
      labels: { confirm: t('change.end'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: async () => {
        const answer = await hub.api.send('DELETE', `/api/rooms/${room.roomId}`)
        if (isRefusal(answer)) sayRefusal(answer.refused)
      },
    })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('change.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      fullScreen={narrow}
      radius="lg"
    >
      <form onSubmit={save} noValidate>
        <Stack>
          <TextInput
            label={t('change.name')}
            size="md"
            maxLength={limits.roomName.max}
            {...form.getInputProps('name')}
          />
          <NoticeField label={t('change.notice')} {...form.getInputProps('notice')} />
          <LevelField label={t('change.level')} {...form.getInputProps('level')} />
          <CapacityField label={t('change.capacity')} {...form.getInputProps('capacity')} />
          <TagsInput label={t('change.tags')} size="md" maxTags={limits.tags.count} {...form.getInputProps('tags')} />
          <Switch
            label={t('change.locked')}
            description={t('change.lockedHint')}
            {...form.getInputProps('locked', { type: 'checkbox' })}
          />
          <StageSettings
            value={{ stage: form.values.stage, attest: form.values.attest }}
            onChange={(value: StageValues) => form.setValues(value)}
            owns={owns}
          />
          <MediaSettings value={form.values.media} onChange={(media) => form.setValues({ media })} />
          <TextInput
            label={t('change.password')}
            description={room.state.hasPassword ? t('change.passwordSet') : undefined}
            size="md"
            autoComplete="off"
            {...form.getInputProps('password')}
          />
          {room.state.hasPassword && (
            <Button variant="default" onClick={() => void ask('room.change', { password: null }).then(() => onClose())}>
              {t('change.removePassword')}
            </Button>
          )}
          <FormFoot>
            <Group justify="space-between">
              {owns ? (
                <Button variant="subtle" color="red" onClick={end}>
                  {t('change.end')}
                </Button>
              ) : (
                <span />
              )}
              <Button type="submit" size="md" loading={form.submitting}>
                {t('change.save')}
              </Button>
            </Group>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  )
}
