import { Alert } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProviders } from './useProviders.ts'

/** Why a provider's sign-in led back here, as the address says; nothing without. */
export function ProviderFailure() {
  const { t } = useTranslation('security')
  const known = useProviders()
  const { searchStr } = useLocation()
  const search = new URLSearchParams(searchStr)
  const why = search.get('failed')
  if (why === null) return null
  const name = known.find(({ id }) => id === search.get('provider'))?.name ?? ''
  return (
    <Alert color="red" variant="light" role="alert">
      {t(`providers.failed.${why === 'not_linked' || why === 'taken' ? why : 'failed'}`, { name })}
    </Alert>
  )
}
