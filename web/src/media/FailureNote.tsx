import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DeviceFailure } from '#client/media/types.ts'
import { explain, type Failing } from './explain.ts'
import classes from './media.module.css'

type Props = { what: Failing; failure: DeviceFailure; onAgain: () => void }

/** Why a device gives nothing and what to do, where the device is chosen. */
export function FailureNote({ what, failure, onAgain }: Props) {
  const { t } = useTranslation('media')
  const { title, todo } = explain(what, failure)
  return (
    <div className={classes['failure']} role="alert">
      <strong>{title}</strong>
      <p style={{ margin: '4px 0 10px' }}>{todo}</p>
      <Button variant="default" onClick={onAgain}>
        {t('failure.again')}
      </Button>
    </div>
  )
}
