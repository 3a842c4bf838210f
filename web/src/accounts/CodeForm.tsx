import { Button, Stack } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RefusalCode } from '#schemas/refusals.ts'
import { CodeField } from './CodeField.tsx'
import { CodeSent } from './CodeSent.tsx'
import { Refused } from './Refused.tsx'
import type { useCode } from './useCode.ts'

type CodeFormProps = {
  readonly code: ReturnType<typeof useCode>
  /** Answers why not, or null. */
  readonly submit: (entered: string) => Promise<RefusalCode | null>
  readonly label: string
  /** More fields below the code; without them the last place of the code submits. */
  readonly children?: ReactNode
}

/** The second step of sign-up and of reset: the code from the mail. */
export function CodeForm({ code, submit, label, children }: CodeFormProps) {
  const { t } = useTranslation('accounts')
  const [entered, setEntered] = useState('')
  const [refused, setRefused] = useState<RefusalCode | null>(null)
  const [round, setRound] = useState(0)
  const [busy, setBusy] = useState(false)
  const send = async (whole: string) => {
    if (busy) return
    setBusy(true)
    const why = whole.length === 6 ? await submit(whole) : 'bad_code'
    setRefused(why)
    setBusy(false)
    if (why !== 'bad_code') return
    // Empty and anew, with the first place in focus: the field says that it is whole only once.
    setEntered('')
    setRound(round + 1)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void send(entered)
  }
  const change = (value: string) => {
    setEntered(value)
    setRefused(null)
  }
  if (!code.sent) return null
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <Refused code={code.refused ?? (refused === 'bad_code' ? null : refused)} />
        <CodeField
          key={round}
          value={entered}
          onChange={change}
          error={refused === 'bad_code' ? t('wrong.code') : null}
          {...(children ? {} : { onComplete: (whole: string) => void send(whole) })}
        />
        {children}
        <Button type="submit" size="md" loading={busy}>
          {label}
        </Button>
        <CodeSent sent={code.sent} ask={code.ask} back={code.back} />
      </Stack>
    </form>
  )
}
