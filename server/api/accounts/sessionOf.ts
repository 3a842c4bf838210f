import type { From, NewSession } from '#server/accounts/signIn.ts'
import type { ApiContext } from '#server/http/apiEnv.ts'
import { clientAddress } from '#server/http/clientAddress.ts'
import { headerOf } from '#server/http/headers.ts'

/** Where a request comes from, for the list of devices. */
export const fromOf = (c: ApiContext, clientAddressHeader: string | undefined): From => ({
  address: clientAddress(c, clientAddressHeader),
  userAgent: headerOf(c, 'user-agent') ?? '',
})

/** Hands a new session to the browser. */
export function setCookies(c: ApiContext, { cookies }: NewSession): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
}
