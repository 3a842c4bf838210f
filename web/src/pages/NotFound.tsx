import { IconCompass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../common/links.tsx'
import { Notice } from './Notice.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <Notice icon={<IconCompass size={40} />} title={t('notFound.title')} text={t('notFound.text')}>
      <LinkButton to="/">{t('toLobby')}</LinkButton>
    </Notice>
  )
}
