import { Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import { useTranslation } from 'react-i18next'

/** Asks before what cannot be undone; `label` says what the button does. */
export function useAsk(): (text: string, label: string, act: () => unknown) => void {
  const { t } = useTranslation(['groups', 'common'])
  return (text, label, act) =>
    openConfirmModal({
      title: t('sure'),
      children: <Text size="sm">{text}</Text>,
      labels: { confirm: label, cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => void act(),
    })
}
