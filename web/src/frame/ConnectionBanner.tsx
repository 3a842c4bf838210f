import { Box, Button } from '@mantine/core'
import { IconCloudOff, IconRefresh } from '@tabler/icons-react'
import { useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useHub, usePlace } from '../app/hub.tsx'
import { useStore } from '../hooks/useStore.ts'
import classes from './Shell.module.css'

/** Honest about the connection of the place one is in, and about a page that the server no longer serves; silent while all is well. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const place = usePlace()
  const state = place.status === 'in' ? place.connection : 'live'
  // A room that refuses an old page says so itself, in its place.
  const toldByRoom = useRouterState({ select: (s) => s.location.pathname.startsWith('/rooms/') })
  const outdated = useStore(useHub().outdated) && !(toldByRoom && place.status === 'outdated')
  return (
    <Box role="status" aria-live="polite">
      {outdated && (
        <Box className={classes['banner'] ?? ''}>
          <IconRefresh size={18} aria-hidden />
          <span>
            {t('place.outdated.title')}. {t('place.outdated.text')}
          </span>
          <Button size="xs" onClick={() => location.reload()}>
            {t('place.outdated.action')}
          </Button>
        </Box>
      )}
      {state !== 'live' && (
        <Box className={classes['banner'] ?? ''}>
          {state === 'offline' ? <IconCloudOff size={18} aria-hidden /> : <IconRefresh size={18} aria-hidden />}
          {t(`connection.${state}`)}
        </Box>
      )}
    </Box>
  )
}
