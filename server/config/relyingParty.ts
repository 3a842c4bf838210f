/** For whom passkeys are made: a name, and the addresses whose pages may use them. */
export type RelyingParty = { readonly id: string; readonly origins: readonly string[] }
export type PasskeySettings = { readonly rpId: string | undefined; readonly origins: readonly string[] }

const LOOPBACK = /^(127\.0\.0\.1|\[::1\])$/

/**
 * From the public address, if nothing else is said. Browsers have passkeys for names only, by https; on this machine they have them
 * at `localhost`, so a node that is found by its loopback address offers them there. Answers a fault in words if no browser would
 * take the address.
 */
export function relyingPartyOf(own: string, { rpId, origins }: PasskeySettings): RelyingParty | string {
  const address = new URL(own)
  if (LOOPBACK.test(address.hostname)) address.hostname = 'localhost'
  const allowed = origins.length > 0 ? origins : [address.origin]
  const id = rpId ?? address.hostname
  for (const origin of allowed) {
    const { hostname, protocol } = new URL(origin)
    if (/^\[|^[\d.]+$/.test(hostname)) return `${origin} has no name: browsers have passkeys for names only; set ORIGIN`
    if (hostname !== id && !hostname.endsWith(`.${id}`)) return `${origin} is not at ${id} or below it`
    const local = hostname === 'localhost' || hostname.endsWith('.localhost')
    if (protocol !== 'https:' && !local) return `${origin} is not https: browsers refuse passkeys there`
  }
  return { id, origins: allowed }
}
