import { Button, Divider, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beginProvider } from '#client/providers.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { sayRefusal } from '../common/say.ts'
import { ProviderFailure } from './ProviderFailure.tsx'
import { useProviders } from './useProviders.ts'

/** The other ways in, below the form; nothing where none is set up. */
export function ProviderButtons({ next }: { next: string }) {
  const { t } = useTranslation('security')
  const hub = useHub()
  const known = useProviders()
  const [going, setGoing] = useState('')
  const go = async (id: string) => {
    setGoing(id)
    const answer = await beginProvider(hub, id, next)
    if (!isRefusal(answer)) return window.location.assign(answer.url)
    setGoing('')
    sayRefusal(answer.refused)
  }
  if (known.length === 0) return null
  return (
    <Stack gap="sm">
      <ProviderFailure />
      <Divider label={t('providers.or')} />
      {known.map(({ id, name }) => (
        <Button key={id} variant="default" size="md" loading={going === id} onClick={() => void go(id)}>
          {t('providers.with', { name })}
        </Button>
      ))}
    </Stack>
  )
}
