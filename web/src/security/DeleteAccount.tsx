import { Alert, Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deleteAccount } from '#client/sessions.ts'
import type { Me } from '#schemas/api/accounts.ts'
import { isRefusal, type RefusalCode } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { say } from '../common/say.ts'
import { Section } from '../settings/Section.tsx'

/** The end of the account, after the handle was typed and the password given. */
export function DeleteAccount({ me }: { me: Me }) {
  const { t } = useTranslation(['security', 'common'])
  const [open, setOpen] = useState(false)
  return (
    <Section title={t('delete.title')}>
      <Text size="sm" c="dimmed">
        {t('delete.text')}
      </Text>
      <Group>
        <Button variant="light" color="red" size="md" onClick={() => setOpen(true)}>
          {t('delete.open')}
        </Button>
      </Group>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t('delete.sure')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <DeleteForm me={me} onClose={() => setOpen(false)} />
      </Modal>
    </Section>
  )
}

function DeleteForm({ me, onClose }: { me: Me; onClose: () => void }) {
  const { t } = useTranslation(['security', 'common'])
  const hub = useHub()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [password, setPassword] = useState('')
  const [refused, setRefused] = useState<RefusalCode | null>(null)
  const [busy, setBusy] = useState(false)
  const sure = typed.trim().replace(/^@/, '').toLowerCase() === me.handle
  const submit = async () => {
    setBusy(true)
    const answer = await deleteAccount(hub, password || undefined)
    setBusy(false)
    if (isRefusal(answer)) return setRefused(answer.refused)
    onClose()
    say(t('delete.done'))
    await navigate({ to: '/' })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (sure) void submit()
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('delete.text')}</Text>
        {refused && (
          <Alert color="red" variant="light" role="alert">
            {t(`common:refusal.${refused}`)}
          </Alert>
        )}
        <TextInput
          label={t('delete.typed', { handle: me.handle })}
          size="md"
          autoComplete="off"
          autoCapitalize="none"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('delete.password')}
          description={t('delete.passwordHint')}
          autoComplete="current-password"
          size="md"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" size="md" onClick={onClose}>
            {t('delete.cancel')}
          </Button>
          <Button type="submit" color="red" size="md" disabled={!sure} loading={busy}>
            {t('delete.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
