import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconCheck } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signUp } from '#client/session.ts'
import { displayName, email, handle, password } from '#schemas/api/accounts.ts'
import { isRefusal, type RefusalCode } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { LinkAnchor } from '../common/links.tsx'
import { preferredLocale } from '../i18n/index.ts'
import { AccountPage } from './AccountPage.tsx'
import { CodeForm } from './CodeForm.tsx'
import { EmailField, NewPasswordField } from './fields.tsx'
import { Refused } from './Refused.tsx'
import { useAvailable } from './useAvailable.ts'
import { useCode } from './useCode.ts'
import { useGoOn } from './useGoOn.ts'

const route = getRouteApi('/sign-up')
const fields = { email, password, name: displayName, handle }

/** Two steps: who one is, then the code from the mail; only then is anything made. */
export function SignUpPage() {
  const { t } = useTranslation(['accounts', 'common'])
  const hub = useHub()
  const { next } = route.useSearch()
  const code = useCode('sign-up')
  const wrong = (field: keyof typeof fields) => (value: string) =>
    fields[field].safeParse(value).success ? null : t(`wrong.${field}`)
  const form = useForm({
    initialValues: { email: '', name: '', handle: '', password: '' },
    validateInputOnBlur: true,
    validate: { email: wrong('email'), name: wrong('name'), handle: wrong('handle'), password: wrong('password') },
  })
  const handleFree = useAvailable(form.values.handle, handle.safeParse(form.values.handle).success)
  useGoOn(next)

  const create = async (entered: string): Promise<RefusalCode | null> => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const body = { ...form.values, code: entered, timeZone, locale: preferredLocale() }
    const answer = await signUp(hub, body)
    if (!isRefusal(answer)) return null
    const field = answer.details?.['field']
    if (answer.refused !== 'taken') return answer.refused
    code.back()
    if (field === 'handle' || field === 'email') form.setFieldError(field, t(`taken.${field}`))
    return null
  }
  const toCode = form.onSubmit(async (values) => {
    if (handleFree === false) form.setFieldError('handle', t('taken.handle'))
    else await code.ask(values.email)
  })
  if (code.sent)
    return (
      <AccountPage title={t('codeTitle')} text={t('codeText', { email: code.sent.email })}>
        <CodeForm code={code} submit={create} label={t('createAccount')} />
      </AccountPage>
    )
  return (
    <AccountPage title={t('signUpTitle')} text={t('signUpText')}>
      <form onSubmit={toCode} noValidate>
        <Stack gap="md">
          <Refused code={code.refused} />
          <EmailField description={t('emailHint')} {...form.getInputProps('email')} />
          <TextInput
            label={t('name')}
            description={t('nameHint')}
            autoComplete="name"
            size="md"
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('handle')}
            description={t('handleHint')}
            leftSection="@"
            autoComplete="username"
            autoCapitalize="none"
            size="md"
            {...form.getInputProps('handle')}
            error={form.errors['handle'] ?? (handleFree === false ? t('taken.handle') : undefined)}
            rightSection={handleFree && <IconCheck size={18} color="var(--sh-focus)" aria-label={t('free')} />}
          />
          <NewPasswordField {...form.getInputProps('password')} />
          <Button type="submit" size="md" loading={form.submitting}>
            {t('sendCode')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('haveAccount')}{' '}
            <LinkAnchor to="/sign-in" search={next ? { next } : {}} inherit className="sh-tap">
              {t('common:signIn')}
            </LinkAnchor>
          </Text>
        </Stack>
      </form>
    </AccountPage>
  )
}
