import {
  NativeSelect,
  type NativeSelectProps,
  NumberInput,
  type NumberInputProps,
  Textarea,
  type TextareaProps,
} from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { levels, limits } from '#schemas/limits.ts'

/** What a room is asked for alike when it is made and when it is changed; label and value come from the form. */
export function LevelField(props: NativeSelectProps) {
  const { t } = useTranslation('common')
  return <NativeSelect size="md" data={levels.map((value) => ({ value, label: t(`level.${value}`) }))} {...props} />
}

export function CapacityField(props: NumberInputProps) {
  const { min, max } = limits.capacity
  return <NumberInput size="md" min={min} max={max} clampBehavior="strict" allowDecimal={false} {...props} />
}

export function NoticeField(props: TextareaProps) {
  return <Textarea size="md" autosize minRows={2} maxRows={5} maxLength={limits.notice} {...props} />
}
