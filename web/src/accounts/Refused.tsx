import { Alert } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RefusalCode } from '#schemas/refusals.ts'

/** Why the form was refused, in words; nothing without a code. */
export function Refused({ code }: { code: RefusalCode | null }) {
  const { t } = useTranslation('common')
  return code ? (
    <Alert color="red" variant="light" role="alert">
      {t(`refusal.${code}`)}
    </Alert>
  ) : null
}
