import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signIn } from '#client/session.ts'
import { isRefusal, type RefusalCode } from '#schemas/refusals.ts'
import { useHub, useSession } from '../app/hub.tsx'
import { LinkAnchor } from '../common/links.tsx'
import { AccountPage } from './AccountPage.tsx'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { t } = useTranslation(['accounts', 'common'])
  const hub = useHub()
  const session = useSession()
  const router = useRouter()
  const { next } = route.useSearch()
  const [refused, setRefused] = useState<RefusalCode | null>(null)
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (v) => (v.trim() ? null : t('wrong.empty')),
      password: (v) => (v ? null : t('wrong.empty')),
    },
  })
  useEffect(() => {
    if (session.status === 'in') router.history.replace(next ?? '/')
  }, [session, router, next])

  const submit = form.onSubmit(async (values) => {
    setRefused(null)
    const answer = await signIn(hub, values)
    if (isRefusal(answer)) setRefused(answer.refused)
  })
  return (
    <AccountPage title={t('signInTitle')}>
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
          />
          <PasswordInput
            label={t('password')}
            autoComplete="current-password"
            size="md"
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={form.submitting}>
            {t('common:signIn')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('noAccount')}{' '}
            <LinkAnchor to="/sign-up" search={next ? { next } : {}} inherit>
              {t('createAccount')}
            </LinkAnchor>
          </Text>
        </Stack>
      </form>
    </AccountPage>
  )
}
