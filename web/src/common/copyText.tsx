import { Stack, Text, TextInput } from '@mantine/core'
import { openModal } from '@mantine/modals'
import i18next from 'i18next'
import { say } from './say.ts'

/** Copies and says so; where the browser forbids it (no secure origin, no permission) shows the text selected, to copy by hand. */
export async function copyText(text: string, copied: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    say(copied)
  } catch {
    openModal({
      title: i18next.t('common:copy.title'),
      children: (
        <Stack gap="xs">
          <Text size="sm">{i18next.t('common:copy.text')}</Text>
          <TextInput
            readOnly
            size="md"
            data-autofocus
            aria-label={i18next.t('common:copy.title')}
            value={text}
            onFocus={(event) => event.currentTarget.select()}
          />
        </Stack>
      ),
    })
  }
}
