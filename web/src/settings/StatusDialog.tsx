import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { Me } from '#schemas/api/accounts.ts'
import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { say, sayRefusal } from '../common/say.ts'
import { endOf, type StatusEnd, statusEnds } from './statusEnd.ts'

/** What I am up to, said in passing: a few words and how long they stay. */
export function StatusDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  const { t } = useTranslation(['people', 'common'])
  const hub = useHub()
  const now = me.status && (me.status.until === null || me.status.until > Date.now()) ? me.status.text : ''
  const form = useForm({ initialValues: { text: now, end: 'four' as StatusEnd } })
  const send = async (status: { text: string; until: number | null } | null) => {
    const answer = await hub.api.send<Me>('PATCH', '/api/me', { status })
    if (isRefusal(answer)) return sayRefusal(answer.refused)
    await hub.refreshSession()
    onClose()
    say(t('common:saved'))
  }
  const save = form.onSubmit(({ text, end }) =>
    send(text.trim() === '' ? null : { text, until: endOf(end, Date.now()) }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('about.status')}
      centered
      radius="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={save} noValidate>
        <Stack gap="md">
          <TextInput
            aria-label={t('about.status')}
            placeholder={t('about.statusHint')}
            size="md"
            data-autofocus
            maxLength={limits.statusText}
            {...form.getInputProps('text')}
          />
          <NativeSelect
            label={t('about.until')}
            size="md"
            data={statusEnds.map((value) => ({ value, label: t(`about.ends.${value}`) }))}
            {...form.getInputProps('end')}
          />
          <Group justify="flex-end">
            {now !== '' && (
              <Button variant="default" size="md" onClick={() => void send(null)}>
                {t('about.noStatus')}
              </Button>
            )}
            <Button type="submit" size="md" loading={form.submitting}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
