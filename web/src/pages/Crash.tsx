import { Button, Group } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../common/links.tsx'
import { isMissingPiece } from './crash.ts'
import { Notice } from './Notice.tsx'

/** One screen broke: the frame and the place one is in go on; what happened is said, with the way out. */
export function Crash({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation()
  const missing = isMissingPiece(error)
  useEffect(() => {
    if (!missing) console.error(error)
  }, [error, missing])
  const reload = (
    <Button size="md" onClick={() => location.reload()}>
      {t('place.outdated.action')}
    </Button>
  )
  return missing ? (
    <Notice icon={<IconRefresh size={44} />} title={t('place.outdated.title')} text={t('crash.missing')}>
      {reload}
    </Notice>
  ) : (
    <Notice icon={<IconAlertTriangle size={44} />} title={t('crash.title')} text={t('crash.text')}>
      <Group>
        {reload}
        <LinkButton to="/" variant="default" size="md" onClick={() => reset?.()}>
          {t('toLobby')}
        </LinkButton>
      </Group>
    </Notice>
  )
}
