import type { z } from 'zod'
import type { signUpBody } from '#schemas/api/accounts.ts'
import { isRefusal, type Refusal } from '#schemas/refusals.ts'
import { requestCode, signUp } from '../session.ts'
import type { SessionView, StudyHub } from '../types.ts'
import { mailedCode } from './mailFolder.ts'

/** Signs up the way a person does: asks for the code, reads it in the mail folder the server names, enters it. */
export async function signUpByMail(
  hub: StudyHub,
  body: Omit<z.input<typeof signUpBody>, 'code'>,
): Promise<SessionView | Refusal> {
  const asked = await requestCode(hub, { email: body.email, purpose: 'sign-up' })
  if (isRefusal(asked)) return asked
  if (asked.mailFolder === undefined) throw new Error('this server does not say where its mails are')
  return signUp(hub, { ...body, code: await mailedCode(asked.mailFolder, body.email) })
}
