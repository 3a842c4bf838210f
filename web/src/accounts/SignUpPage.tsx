import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconCheck } from '@tabler/icons-react'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signUp } from '#client/session.ts'
import { displayName, email, handle, password } from '#schemas/api/accounts.ts'
import { isRefusal, type RefusalCode } from '#schemas/refusals.ts'
import { useHub, useSession } from '../app/hub.tsx'
import { LinkAnchor } from '../common/links.tsx'
import { preferredLocale } from '../i18n/index.ts'
import { AccountPage } from './AccountPage.tsx'
import { useAvailable } from './useAvailable.ts'

const route = getRouteApi('/sign-up')
const fields = { email, password, name: displayName, handle }
type Field = keyof typeof fields

export function SignUpPage() {
  const { t } = useTranslation(['accounts', 'common'])
  const hub = useHub()
  const session = useSession()
  const router = useRouter()
  const { next } = route.useSearch()
  const [refused, setRefused] = useState<RefusalCode | null>(null)
  const wrong = (field: Field) => (value: string) =>
    fields[field].safeParse(value).success ? null : t(`wrong.${field}`)
  const form = useForm({
    initialValues: { email: '', name: '', handle: '', password: '' },
    validateInputOnBlur: true,
    validate: { email: wrong('email'), name: wrong('name'), handle: wrong('handle'), password: wrong('password') },
  })
  const emailFree = useAvailable('email', form.values.email, email.safeParse(form.values.email).success)
  const handleFree = useAvailable('handle', form.values.handle, handle.safeParse(form.values.handle).success)
  useEffect(() => {
    if (session.status === 'in') router.history.replace(next ?? '/')
  }, [session, router, next])

  const submit = form.onSubmit(async (values) => {
    setRefused(null)
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const answer = await signUp(hub, { ...values, timeZone, locale: preferredLocale() })
    if (!isRefusal(answer)) return
    const field = answer.details?.['field']
    if (answer.refused === 'taken' && (field === 'email' || field === 'handle'))
      form.setFieldError(field, t(`taken.${field}`))
    else setRefused(answer.refused)
  })
  const availability = (field: 'email' | 'handle', free: boolean | undefined) => ({
    error: form.errors[field] ?? (free === false ? t(`taken.${field}`) : undefined),
    rightSection: free ? <IconCheck size={18} color="var(--sh-focus)" aria-label={t('free')} /> : undefined,
  })
  return (
    <AccountPage title={t('signUpTitle')} text={t('signUpText')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {refused && (
            <Alert color="red" variant="light" role="alert">
              {t(`common:refusal.${refused}`)}
            </Alert>
          )}
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="email"
            size="md"
            autoFocus
            {...form.getInputProps('email')}
            {...availability('email', emailFree)}
          />
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
            {...availability('handle', handleFree)}
          />
          <PasswordInput
            label={t('password')}
            description={t('passwordHint')}
            autoComplete="new-password"
            size="md"
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={form.submitting}>
            {t('createAccount')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('haveAccount')}{' '}
            <LinkAnchor to="/sign-in" search={next ? { next } : {}} inherit>
              {t('common:signIn')}
            </LinkAnchor>
          </Text>
        </Stack>
      </form>
    </AccountPage>
  )
}
