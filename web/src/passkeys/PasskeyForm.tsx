import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beginPasskey, keepPasskey, removePasskey, renamePasskey } from '#client/passkeys.ts'
import type { Passkey } from '#schemas/api/passkeys.ts'
import { isRefusal, type Refusal, type RefusalCode } from '#schemas/refusals.ts'
import { Refused } from '../accounts/Refused.tsx'
import { useHub } from '../app/hub.tsx'
import { say } from '../common/say.ts'
import { type Missed, makeKey, thisDevice } from './browserKeys.ts'

export type PasskeyTask = { readonly kind: 'add' } | { readonly kind: 'rename' | 'remove'; readonly passkey: Passkey }

/** Adding one (name, password, then the browser's own dialog), renaming it, or removing it with the password. */
export function PasskeyForm({ task, onEnd }: { task: PasskeyTask; onEnd: () => void }) {
  const { t } = useTranslation('passkeys')
  const hub = useHub()
  const [name, setName] = useState(() => (task.kind === 'add' ? t(`device.${thisDevice()}`) : task.passkey.name))
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<RefusalCode | null>(null)
  const [missed, setMissed] = useState<Missed | 'only'>(null)

  /** What became of it; null: the person closed the browser's dialog and may try again. */
  async function done(): Promise<object | Refusal | null> {
    if (task.kind === 'rename') return renamePasskey(hub, task.passkey.id, name)
    if (task.kind === 'remove') return removePasskey(hub, task.passkey.id, password)
    const asked = await beginPasskey(hub, password)
    if (isRefusal(asked)) return asked
    const key = await makeKey(asked)
    if (!('missed' in key)) return keepPasskey(hub, asked.ticket, key, name)
    setMissed(key.missed)
    return null
  }
  const submit = async () => {
    setBusy(true)
    setMissed(null)
    setRefused(null)
    const answer = await done()
    setBusy(false)
    if (answer === null) return
    if (isRefusal(answer)) {
      if (task.kind === 'remove' && answer.refused === 'conflict') setMissed('only')
      else setRefused(answer.refused)
      return
    }
    if (task.kind !== 'rename') say(t(task.kind === 'add' ? 'kept' : 'removed'))
    onEnd()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Stack gap="md">
        <Refused code={refused} />
        {missed && (
          <Alert color="red" variant="light" role="alert">
            {t(missed)}
          </Alert>
        )}
        {task.kind === 'remove' ? (
          <Text size="sm">{t('removeText', { name: task.passkey.name })}</Text>
        ) : (
          <TextInput
            label={t('name')}
            description={t('nameHint')}
            size="md"
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        {task.kind !== 'rename' && (
          <PasswordInput
            label={t('password')}
            description={t('passwordHint')}
            size="md"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        <Button
          type="submit"
          size="md"
          loading={busy}
          disabled={name.trim() === ''}
          {...(task.kind === 'remove' ? { color: 'red' } : {})}
        >
          {t(task.kind === 'remove' ? 'removeIt' : task.kind === 'rename' ? 'save' : 'go')}
        </Button>
      </Stack>
    </form>
  )
}
