import { Button, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { resetPassword, signIn } from '#client/session.ts'
import { email, password } from '#schemas/api/accounts.ts'
import { isRefusal, type RefusalCode } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { LinkAnchor } from '../common/links.tsx'
import { say } from '../common/say.ts'
import { AccountPage } from './AccountPage.tsx'
import { CodeForm } from './CodeForm.tsx'
import { EmailField, NewPasswordField } from './fields.tsx'
import { Refused } from './Refused.tsx'
import { useCode } from './useCode.ts'
import { useGoOn } from './useGoOn.ts'

const route = getRouteApi('/forgot-password')

/** The address, then code and new password in one: there is no step that a right code alone would open. */
export function ForgotPasswordPage() {
  const { t } = useTranslation(['accounts', 'common'])
  const hub = useHub()
  const navigate = useNavigate()
  const { next } = route.useSearch()
  const code = useCode('reset')
  const [fresh, setFresh] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (v) => (email.safeParse(v).success ? null : t('wrong.email')) },
  })
  useGoOn(next)

  const reset = async (entered: string): Promise<RefusalCode | null> => {
    if (!password.safeParse(fresh).success) {
      setWrong(t('wrong.password'))
      return null
    }
    const address = form.values.email
    const answer = await resetPassword(hub, { email: address, code: entered, password: fresh })
    if (isRefusal(answer)) return answer.refused
    say(t('passwordSet'))
    const view = await signIn(hub, { email: address, password: fresh })
    // A second factor, or too many tries before: the sign-in page asks for the rest.
    if (isRefusal(view)) await navigate({ to: '/sign-in', search: next ? { next } : {} })
    return null
  }
  if (code.sent)
    return (
      <AccountPage title={t('resetTitle')} text={t('resetText', { email: code.sent.email })}>
        <CodeForm code={code} submit={reset} label={t('setPassword')}>
          <NewPasswordField
            label={t('newPassword')}
            value={fresh}
            error={wrong}
            onChange={(event) => {
              setFresh(event.currentTarget.value)
              setWrong(null)
            }}
          />
        </CodeForm>
      </AccountPage>
    )
  return (
    <AccountPage title={t('forgotTitle')} text={t('forgotText')}>
      <form onSubmit={form.onSubmit(({ email: address }) => code.ask(address))} noValidate>
        <Stack gap="md">
          <Refused code={code.refused} />
          <EmailField {...form.getInputProps('email')} />
          <Button type="submit" size="md" loading={form.submitting}>
            {t('sendCode')}
          </Button>
          <LinkAnchor to="/sign-in" search={next ? { next } : {}} size="sm" className="sh-tap">
            {t('backToSignIn')}
          </LinkAnchor>
        </Stack>
      </form>
    </AccountPage>
  )
}
