import { useEffect } from 'react'
import { useSession } from '../app/hub.tsx'
import { hasChosenLocale, setLocale } from '../i18n/index.ts'

/** On a device where no language was chosen, the account's is spoken. */
export function AccountLocale() {
  const session = useSession()
  const locale = session.status === 'in' ? session.me.locale : null
  useEffect(() => {
    // Texts that cannot be loaded now leave the page in the language it speaks.
    if (locale && !hasChosenLocale()) setLocale(locale, false).catch(() => {})
  }, [locale])
  return null
}
