/** Which pages may change something here, and which may open a socket. */
export interface Origins {
  /** Public address without a slash at the end. */
  readonly own: string
  /** Only browsers on this very machine find us there. */
  readonly thisMachine: boolean
  allows(origin: string, host: string | null): boolean
}

const WILDCARDS = new Set(['0.0.0.0', '::'])

/**
 * The given origin and the further ones. Without a given one: this machine's own address under both of its names; on a
 * wildcard address, whose names we cannot know, the very host that the request was sent to.
 */
export function originsOf(from: {
  readonly origin: string | undefined
  readonly allowed: readonly string[]
  readonly host: string
  readonly port: number
}): Origins {
  const { origin, host, port } = from
  const wildcard = WILDCARDS.has(host)
  const local = (name: string) => `http://${name}:${port}`
  const own = origin ?? local(wildcard ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host)
  const known = new Set([own, ...from.allowed])
  const thisMachine = !wildcard && /\/\/(127\.0\.0\.1|localhost|\[::1\])(:|$)/.test(own)
  if (origin === undefined && thisMachine)
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) known.add(local(name))
  return {
    own,
    thisMachine,
    allows: (asked, toHost) =>
      known.has(asked) || (wildcard && origin === undefined && toHost !== null && asked === `http://${toHost}`),
  }
}
