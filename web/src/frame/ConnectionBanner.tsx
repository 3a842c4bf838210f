import { Box } from '@mantine/core'
import { IconCloudOff, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { usePlace } from '../app/hub.tsx'

/** Honest about the connection of the place one is in; silent while all is well. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const place = usePlace()
  const state = place.status === 'in' ? place.connection : 'live'
  return (
    <Box role="status" aria-live="polite">
      {state !== 'live' && (
        <Box
          px="md"
          py={8}
          fz="sm"
          fw={500}
          style={{
            background: 'var(--sh-lamp)',
            borderBottom: '1px solid var(--sh-lamp-line)',
            display: 'flex',
            gap: 8,
          }}
        >
          {state === 'offline' ? <IconCloudOff size={18} aria-hidden /> : <IconRefresh size={18} aria-hidden />}
          {t(`connection.${state}`)}
        </Box>
      )}
    </Box>
  )
}
