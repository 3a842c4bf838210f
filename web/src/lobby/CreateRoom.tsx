import { Button, Collapse, Modal, SegmentedControl, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { createRoomBody } from '#schemas/api/rooms.ts'
import { type Level, limits, type RoomKind, roomKinds } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { FormFoot } from '../common/FormFoot.tsx'
import { CapacityField, LevelField, NoticeField } from '../common/roomFields.tsx'
import { sayRefusal } from '../common/say.ts'
import { useNarrow } from '../frame/useNarrow.ts'

/** Three fields and "more"; opening a room is sitting down in it. */
export function CreateRoom({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['lobby', 'common'])
  const hub = useHub()
  const navigate = useNavigate()
  const narrow = useNarrow()
  const [more, { toggle }] = useDisclosure(false)
  const form = useForm({
    initialValues: {
      name: '',
      level: 'free' as Level,
      capacity: limits.capacity.usual as number,
      kind: 'open' as RoomKind,
      tags: [] as string[],
      notice: '',
      password: '',
    },
    validate: {
      name: (v) => (createRoomBody.shape.name.safeParse(v).success ? null : t('dialog.wrongName')),
      password: (v) =>
        v === '' || createRoomBody.shape.password.safeParse(v).success ? null : t('dialog.wrongPassword'),
    },
  })
  const submit = form.onSubmit(async ({ password, ...facts }) => {
    const answer = await hub.api.send<{ roomId: string }>('POST', '/api/rooms', {
      ...facts,
      ...(password && { password }),
    })
    if (isRefusal(answer)) return sayRefusal(answer.refused)
    onClose()
    form.reset()
    await hub.enter(answer.roomId, password ? { password } : {})
    await navigate({ to: '/rooms/$roomId', params: { roomId: answer.roomId } })
  })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('dialog.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      fullScreen={narrow}
      size="md"
      radius="lg"
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={t('dialog.name')}
            placeholder={t('dialog.namePlaceholder')}
            size="md"
            data-autofocus
            maxLength={limits.roomName.max}
            {...form.getInputProps('name')}
          />
          <LevelField label={t('dialog.level')} {...form.getInputProps('level')} />
          <CapacityField label={t('dialog.capacity')} {...form.getInputProps('capacity')} />
          <Button
            variant="subtle"
            color="gray"
            onClick={toggle}
            aria-expanded={more}
            rightSection={more ? <IconChevronUp size={16} /> : <IconChevronDown size={16} />}
          >
            {more ? t('dialog.less') : t('dialog.more')}
          </Button>
          <Collapse expanded={more}>
            <Stack gap="md">
              <div>
                <Text size="sm" fw={500} id="room-kind" mb={4}>
                  {t('dialog.kind')}
                </Text>
                <SegmentedControl
                  fullWidth
                  size="md"
                  aria-labelledby="room-kind"
                  data={roomKinds.map((value) => ({ value, label: t(`dialog.kinds.${value}`) }))}
                  {...form.getInputProps('kind')}
                />
                <Text size="xs" c="dimmed" mt={4}>
                  {t('dialog.kindHint')}
                </Text>
              </div>
              <TagsInput
                label={t('dialog.tags')}
                description={t('dialog.tagsHint')}
                size="md"
                maxTags={limits.tags.count}
                {...form.getInputProps('tags')}
              />
              <NoticeField label={t('dialog.notice')} {...form.getInputProps('notice')} />
              <TextInput
                label={t('dialog.password')}
                description={t('dialog.passwordHint')}
                size="md"
                autoComplete="off"
                {...form.getInputProps('password')}
              />
            </Stack>
          </Collapse>
          <FormFoot>
            <Button type="submit" size="md" loading={form.submitting}>
              {t('dialog.submit')}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  )
}
