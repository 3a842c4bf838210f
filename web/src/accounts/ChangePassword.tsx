import { Button, Group, PasswordInput, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { changePassword } from '#client/session.ts'
import { password } from '#schemas/api/accounts.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { say, sayRefusal } from '../common/say.ts'
import { Section } from '../settings/Section.tsx'
import { NewPasswordField } from './fields.tsx'

/** The own password; other devices are signed out with it. */
export function ChangePassword() {
  const { t } = useTranslation(['accounts', 'common'])
  const hub = useHub()
  const form = useForm({
    initialValues: { current: '', password: '' },
    validate: {
      current: (v) => (v ? null : t('wrong.empty')),
      password: (v) => (password.safeParse(v).success ? null : t('wrong.password')),
    },
  })
  const save = form.onSubmit(async (values) => {
    const answer = await changePassword(hub, values)
    if (!isRefusal(answer)) {
      form.reset()
      say(t('passwordChanged'))
    } else if (answer.refused === 'wrong_password') form.setFieldError('current', t('wrong.current'))
    else sayRefusal(answer.refused)
  })
  return (
    <form onSubmit={save} noValidate>
      <Section title={t('changePassword')}>
        <Text size="sm" c="dimmed">
          {t('changePasswordHint')}
        </Text>
        <PasswordInput
          label={t('currentPassword')}
          autoComplete="current-password"
          size="md"
          {...form.getInputProps('current')}
        />
        <NewPasswordField label={t('newPassword')} {...form.getInputProps('password')} />
        <Group justify="flex-end">
          <Button type="submit" size="md" loading={form.submitting} disabled={!form.isDirty()}>
            {t('common:save')}
          </Button>
        </Group>
      </Section>
    </form>
  )
}
