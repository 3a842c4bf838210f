import { Button, Code, PasswordInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  beginSecondFactor,
  confirmSecondFactor,
  renewRecoveryCodes,
  turnOffSecondFactor,
} from '#client/secondFactor.ts'
import { isRefusal, type Refusal, type RefusalCode } from '#schemas/refusals.ts'
import { Refused } from '../accounts/Refused.tsx'
import { useHub } from '../app/hub.tsx'
import { copyText } from '../common/copyText.tsx'
import { QrCode } from './QrCode.tsx'

export type FactorTask = 'setUp' | 'renew' | 'off'

/** First the password; then, for setting up, the app's code; in the end the recovery codes, shown this once. */
export function FactorSteps({ task, onEnd }: { task: FactorTask; onEnd: () => void }) {
  const { t } = useTranslation('security')
  const hub = useHub()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<RefusalCode | null>(null)
  const [app, setApp] = useState<{ uri: string; secret: string } | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)

  async function ask<T>(asked: Promise<T | Refusal>, done: (answer: T) => void) {
    setBusy(true)
    const answer = await asked
    setBusy(false)
    if (isRefusal(answer)) return setRefused(answer.refused)
    setRefused(null)
    setText('')
    done(answer)
  }
  const shown = ({ recoveryCodes }: { recoveryCodes: readonly string[] }) => setCodes(recoveryCodes)
  const submit = () => {
    if (app) return ask(confirmSecondFactor(hub, text), shown)
    if (task === 'off') return ask(turnOffSecondFactor(hub, text), onEnd)
    return task === 'renew' ? ask(renewRecoveryCodes(hub, text), shown) : ask(beginSecondFactor(hub, text), setApp)
  }
  if (codes)
    return (
      <Stack gap="md">
        <Text size="sm">{t('factor.codesText')}</Text>
        <SimpleGrid cols={2} spacing="xs" component="ul" p={0} m={0} aria-label={t('factor.codes')}>
          {codes.map((code) => (
            <Code key={code} component="li" fz="sm" style={{ listStyle: 'none' }}>
              {code}
            </Code>
          ))}
        </SimpleGrid>
        <Button
          variant="default"
          size="md"
          autoFocus
          onClick={() => void copyText(codes.join('\n'), t('factor.copied'))}
        >
          {t('factor.copy')}
        </Button>
        <Button size="md" onClick={onEnd}>
          {t('factor.kept')}
        </Button>
      </Stack>
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Stack gap="md">
        <Refused code={app && refused === 'bad_credentials' ? null : refused} />
        {app ? (
          <>
            <Text size="sm">{t('factor.scan')}</Text>
            <QrCode text={app.uri} label={t('factor.qr')} />
            <Text size="sm" c="dimmed">
              {t('factor.typed')} <Code>{app.secret.replace(/(.{4})(?=.)/g, '$1 ')}</Code>
            </Text>
            <TextInput
              label={t('factor.code')}
              size="md"
              autoFocus
              autoComplete="one-time-code"
              inputMode="numeric"
              maxLength={6}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              error={refused === 'bad_credentials' ? t('factor.wrong') : undefined}
            />
          </>
        ) : (
          <PasswordInput
            label={t('factor.password')}
            size="md"
            data-autofocus
            autoComplete="current-password"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <Button type="submit" size="md" loading={busy} {...(task === 'off' ? { color: 'red' } : {})}>
          {t(task === 'off' ? 'factor.turnOff' : 'factor.go')}
        </Button>
      </Stack>
    </form>
  )
}
