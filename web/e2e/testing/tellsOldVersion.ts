import { PROTOCOL, PROTOCOL_HEADER } from '#schemas/version.ts'
import type { Person } from './Person.ts'

/** Settings of a server that serves pages of its own version only. */
export const newestOnly = { OLDEST_CLIENT: String(PROTOCOL) }

/** From now on this person's page says to these addresses that it is older than what `newestOnly` serves. */
export const tellsOldVersion = ({ page }: Person, addresses: string): Promise<unknown> =>
  page.route(addresses, (route) =>
    route.continue({ headers: { ...route.request().headers(), [PROTOCOL_HEADER]: String(PROTOCOL - 1) } }),
  )
