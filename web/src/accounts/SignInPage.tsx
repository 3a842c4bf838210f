import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signIn } from '#client/session.ts'
import { isRefusal, type RefusalCode } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { Late } from '../common/Late.tsx'
import { LinkAnchor } from '../common/links.tsx'
import { AccountPage } from './AccountPage.tsx'
import { EmailField } from './fields.tsx'
import { Refused } from './Refused.tsx'
import { useGoOn } from './useGoOn.ts'

const CodeStep = lazy(() => import('../security/CodeStep.tsx').then(({ CodeStep }) => ({ default: CodeStep })))
const ProviderButtons = lazy(() =>
  import('../security/ProviderButtons.tsx').then(({ ProviderButtons }) => ({ default: ProviderButtons })),
)
const PasskeySignIn = lazy(() =>
  import('../passkeys/PasskeySignIn.tsx').then(({ PasskeySignIn }) => ({ default: PasskeySignIn })),
)
const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { t } = useTranslation(['accounts', 'common'])
  const hub = useHub()
  const { next } = route.useSearch()
  const [refused, setRefused] = useState<RefusalCode | null>(null)
  const [challenge, setChallenge] = useState<string | null>(() => window.location.hash.slice(1) || null)
  const filled = (v: string) => (v.trim() ? null : t('wrong.empty'))
  const form = useForm({ initialValues: { email: '', password: '' }, validate: { email: filled, password: filled } })
  useGoOn(next)

  const submit = form.onSubmit(async (values) => {
    setRefused(null)
    const answer = await signIn(hub, values)
    if (!isRefusal(answer)) return
    if (answer.refused === 'second_factor') setChallenge(String(answer.details?.['challenge']))
    else setRefused(answer.refused)
  })
  if (challenge !== null)
    return (
      <Suspense fallback={<Late />}>
        <CodeStep challenge={challenge} onAgain={() => setChallenge(null)} />
      </Suspense>
    )
  const kept = next ? { next } : {}
  return (
    <AccountPage title={t('signInTitle')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Refused code={refused} />
          <EmailField autoComplete="email webauthn" {...form.getInputProps('email')} />
          <PasswordInput
            label={t('password')}
            autoComplete="current-password"
            size="md"
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={form.submitting}>
            {t('common:signIn')}
          </Button>
          <Group justify="space-between" gap="xs">
            <Text size="sm" c="dimmed">
              {t('noAccount')}{' '}
              <LinkAnchor to="/sign-up" search={kept} inherit className="sh-tap">
                {t('createAccount')}
              </LinkAnchor>
            </Text>
            <LinkAnchor to="/forgot-password" search={kept} size="sm" className="sh-tap">
              {t('forgot')}
            </LinkAnchor>
          </Group>
        </Stack>
      </form>
      <Suspense fallback={null}>
        <PasskeySignIn />
        <ProviderButtons next={next ?? '/'} />
      </Suspense>
    </AccountPage>
  )
}
