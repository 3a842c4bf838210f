import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { handle } from '#schemas/api/accounts.ts'
import type { PersonView } from '#schemas/api/people.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { say } from '../common/say.ts'
import { peopleChanged } from './usePeople.ts'

/** A friend request by handle. */
export function AskForm() {
  const { t } = useTranslation(['people', 'common'])
  const hub = useHub()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const ask = async () => {
    const parsed = handle.safeParse(text)
    if (!parsed.success) return setWrong(t('ask.nobody'))
    setBusy(true)
    const answer = await hub.api.send<PersonView>('POST', '/api/people/requests', { handle: parsed.data })
    setBusy(false)
    if (isRefusal(answer))
      return setWrong(answer.refused === 'not_found' ? t('ask.nobody') : t(`common:refusal.${answer.refused}`))
    setText('')
    say(t(answer.standing.friendship === 'friends' ? 'ask.friends' : 'ask.sent', { name: answer.name }))
    return peopleChanged()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void ask()
      }}
    >
      <Group align="flex-end" gap="sm" wrap="nowrap">
        <TextInput
          label={t('ask.label')}
          placeholder={t('ask.placeholder')}
          leftSection="@"
          size="md"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          value={text}
          error={wrong}
          inputWrapperOrder={['label', 'error', 'input']}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setWrong(null)
          }}
          style={{ flex: 1 }}
        />
        <Button type="submit" size="md" loading={busy} disabled={text.trim() === ''}>
          {t('ask.submit')}
        </Button>
      </Group>
    </form>
  )
}
