import { Input, PinInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type CodeFieldProps = {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Called with the whole code as soon as it is there: typed, or pasted at once. */
  readonly onComplete?: (value: string) => void
  readonly error?: string | null
  readonly disabled?: boolean
}

/** Six places for the code from the mail; each moves on to the next, and a pasted code fills them all. */
export function CodeField({ value, onChange, onComplete, error, disabled }: CodeFieldProps) {
  const { t } = useTranslation('accounts')
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <Input.Label component="legend" size="md" mb={4} p={0}>
        {t('code')}
      </Input.Label>
      <PinInput
        length={6}
        type={/^[A-Za-z0-9]+$/}
        size="lg"
        gap="xs"
        placeholder=""
        autoFocus
        oneTimeCode
        aria-label={t('codePlace')}
        value={value}
        onChange={onChange}
        {...(onComplete ? { onComplete } : {})}
        error={Boolean(error)}
        disabled={disabled ?? false}
        styles={{
          root: { flexWrap: 'nowrap' },
          pinInput: { flex: '1 1 0', minWidth: 0 },
          input: { width: '100%', textTransform: 'uppercase', fontVariantNumeric: 'tabular-nums' },
        }}
      />
      {error && (
        <Input.Error mt={6} size="sm" role="alert">
          {error}
        </Input.Error>
      )}
    </fieldset>
  )
}
