import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** What should stand here could not be read. */
export function Unreached({ again }: { again: () => unknown }) {
  const { t } = useTranslation()
  return (
    <Group role="alert">
      <Text size="sm">{t('refusal.unavailable')}</Text>
      <Button size="sm" variant="default" onClick={() => void again()}>
        {t('retry')}
      </Button>
    </Group>
  )
}
