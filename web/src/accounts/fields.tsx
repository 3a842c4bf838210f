import { PasswordInput, type PasswordInputProps, TextInput, type TextInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

// The fields that sign-in, sign-up and reset have in common.

export function EmailField(props: TextInputProps) {
  const { t } = useTranslation('accounts')
  return <TextInput label={t('email')} type="email" autoComplete="email" size="md" autoFocus {...props} />
}

export function NewPasswordField(props: PasswordInputProps) {
  const { t } = useTranslation('accounts')
  return (
    <PasswordInput
      label={t('password')}
      description={t('passwordHint')}
      autoComplete="new-password"
      size="md"
      {...props}
    />
  )
}
