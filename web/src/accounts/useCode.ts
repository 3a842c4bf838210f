import { useState } from 'react'
import { requestCode } from '#client/session.ts'
import type { CodeAnswer } from '#schemas/api/accounts.ts'
import { isRefusal, type RefusalCode } from '#schemas/refusals.ts'
import { useHub } from '../app/hub.tsx'
import { preferredLocale } from '../i18n/index.ts'

/** A code that was asked for: to whom, and from when on another one may be. */
export type SentCode = Pick<CodeAnswer, 'mailFolder'> & { readonly email: string; readonly againAt: number }

/** Asks for codes by mail; `sent` is the newest one, null while none was asked for. */
export function useCode(purpose: 'sign-up' | 'reset') {
  const hub = useHub()
  const [sent, setSent] = useState<SentCode | null>(null)
  const [refused, setRefused] = useState<RefusalCode | null>(null)
  const ask = async (email: string): Promise<void> => {
    setRefused(null)
    const answer = await requestCode(hub, { email, purpose, locale: preferredLocale() })
    if (isRefusal(answer)) setRefused(answer.refused)
    else setSent({ email, mailFolder: answer.mailFolder, againAt: performance.now() + answer.againInMs })
  }
  return { sent, refused, ask, back: () => setSent(null) }
}
