import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTick } from '../hooks/useTick.ts'
import type { SentCode } from './useCode.ts'

type CodeSentProps = {
  readonly sent: SentCode
  readonly ask: (email: string) => Promise<void>
  readonly back: () => void
}

/** Where the code went, and what to do if it does not come. Development: in which folder it lies. */
export function CodeSent({ sent: { email, againAt, mailFolder }, ask, back }: CodeSentProps) {
  const { t } = useTranslation('accounts')
  const [asking, setAsking] = useState(false)
  const leftMs = againAt - performance.now()
  useTick(1_000, leftMs > 0)
  const again = async () => {
    setAsking(true)
    await ask(email)
    setAsking(false)
  }
  const seconds = Math.ceil(leftMs / 1_000)
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t('codeLate')}
      </Text>
      <Group gap="xs">
        <Button variant="default" size="sm" disabled={leftMs > 0} loading={asking} onClick={() => void again()}>
          {leftMs > 0 ? t('codeAgainIn', { seconds }) : t('codeAgain')}
        </Button>
        <Button variant="subtle" color="gray" size="sm" onClick={back}>
          {t('otherEmail')}
        </Button>
      </Group>
      {mailFolder && (
        <Alert variant="default" title={t('mailFolder')}>
          <Code style={{ overflowWrap: 'anywhere' }}>{mailFolder}</Code>
        </Alert>
      )}
    </Stack>
  )
}
