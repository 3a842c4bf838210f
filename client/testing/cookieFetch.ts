/** A fetch that holds cookies as one browser does; for one origin only, so paths and domains are not looked at. */
export function cookieFetch(inner: typeof fetch = globalThis.fetch): typeof fetch {
  const cookies = new Map<string, string>()
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const answer = await inner(input, { ...init, headers })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';')
      const at = pair.indexOf('=')
      const name = pair.slice(0, at).trim()
      const dropped = attributes.some((a) => /^\s*max-age=0\s*$/i.test(a))
      if (dropped) cookies.delete(name)
      else cookies.set(name, pair.slice(at + 1).trim())
    }
    return answer
  }
}
