import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Words for a wait that takes longer than a second; before that a skeleton says enough. */
export function Late() {
  const { t } = useTranslation()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 1_000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Text size="sm" c="dimmed" role="status">
      {late ? t('loading') : '\u00a0'}
    </Text>
  )
}
