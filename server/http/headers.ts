import type { ApiContext } from './apiEnv.ts'

/**
 * A request's header, straight from Node's parsed ones where there are any: the web-standard `Headers` checks and copies
 * every header of every request, which is dearer than all that most requests do.
 */
export function headerOf(c: ApiContext, name: string): string | undefined {
  const { incoming } = c.env ?? {}
  if (!incoming) return c.req.header(name)
  const value = incoming.headers[name]
  return typeof value === 'string' ? value : value?.join(', ')
}

/** Sets a header ahead of the answer; an answer that has it too overrides it. To be called before the handlers. */
export function setAhead(c: ApiContext, name: string, value: string): void {
  const { outgoing } = c.env ?? {}
  if (outgoing) outgoing.setHeader(name, value)
  else c.header(name, value)
}
