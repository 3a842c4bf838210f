import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownMessage } from '#client/types.ts'
import { limits } from '#schemas/limits.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useAsk } from '../useAsk.ts'

/** Edits a message where it stands: Enter saves, Esc leaves it as it was. */
export function EditBox({ message, onDone }: { message: ShownMessage; onDone: () => void }) {
  const { t } = useTranslation('room')
  const ask = useAsk()
  const [text, setText] = useState(message.text)
  const done = () => {
    onDone()
    document.getElementById('chat-input')?.focus({ preventScroll: true })
  }
  const save = async () => {
    if (text.trim() === '' || text === message.text) return done()
    const answer = await ask('chat.edit', { number: message.number, text })
    if (!isRefusal(answer)) done()
  }
  return (
    <Textarea
      autosize
      autoFocus
      maxRows={8}
      maxLength={limits.text}
      aria-label={t('chat.edit')}
      description={t('chat.editHint')}
      inputWrapperOrder={['input', 'description']}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Escape') {
          event.stopPropagation()
          done()
        } else if (event.key === 'Enter' && !event.shiftKey) {
          event.preventDefault()
          void save()
        }
      }}
    />
  )
}
