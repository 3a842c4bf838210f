import { ModalsProvider } from '@mantine/modals'
import { useTranslation } from 'react-i18next'

/** Where questions and small forms open; needed only by whoever is in a room. */
export function Dialogs() {
  const { t } = useTranslation()
  return <ModalsProvider modalProps={{ closeButtonProps: { 'aria-label': t('close') } }} />
}
