import { Button, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerChallenge } from '#client/secondFactor.ts'
import { isRefusal, type RefusalCode } from '#schemas/refusals.ts'
import { AccountPage } from '../accounts/AccountPage.tsx'
import { Refused } from '../accounts/Refused.tsx'
import { useHub } from '../app/hub.tsx'

/** The code after the password; being signed in leads on from here. */
export function CodeStep({ challenge, onAgain }: { challenge: string; onAgain: () => void }) {
  const { t } = useTranslation(['security', 'common'])
  const hub = useHub()
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<RefusalCode | null>(null)
  const submit = async () => {
    setBusy(true)
    const answer = await answerChallenge(hub, challenge, code)
    setBusy(false)
    if (isRefusal(answer)) setRefused(answer.refused)
  }
  const wrong = refused === 'bad_credentials'
  return (
    <AccountPage title={t('factor.signInTitle')} text={t('factor.signInText')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack gap="md">
          <Refused code={wrong ? null : refused} />
          <TextInput
            label={t('factor.code')}
            size="md"
            autoFocus
            autoComplete="one-time-code"
            maxLength={20}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={wrong ? t('factor.wrong') : undefined}
          />
          <Button type="submit" size="md" loading={busy} disabled={code.trim().length < 6}>
            {t('common:signIn')}
          </Button>
          <Button variant="subtle" size="md" onClick={onAgain}>
            {t('factor.again')}
          </Button>
        </Stack>
      </form>
    </AccountPage>
  )
}
