import { closeAllModals, ModalsProvider } from '@mantine/modals'
import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { usePlace } from '../app/hub.tsx'

/**
 * Where questions and small forms open, on every screen: one that is asked before its host listens is never seen, so the host is there
 * before any screen is. What was asked on a screen or in a place goes with it.
 */
export function Dialogs() {
  const { t } = useTranslation()
  const path = useRouterState({ select: (s) => s.location.pathname })
  const place = usePlace()
  const inside = place.status === 'in' && place.roomId
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever screen or place is another one
  useEffect(() => closeAllModals(), [path, inside])
  return <ModalsProvider modalProps={{ closeButtonProps: { 'aria-label': t('close') } }} />
}
