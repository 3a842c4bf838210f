import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { cookieName, cookieReader } from './sessionCookie.ts'

const SECRET = 'a secret of at least thirty-two characters'
const signed = (token: string, secret = SECRET) =>
  `${cookieName(false)}=${encodeURIComponent(`${token}.${createHmac('sha256', secret).update(token).digest('base64')}`)}`

test('SESS-7: a cookie that is not signed by us is nobody, before and after the right one was read', () => {
  const read = cookieReader(cookieName(false), SECRET)
  const forged = signed('token', 'another secret')
  const changed = signed('token').replace('token.', 'tokem.')
  for (let round = 0; round < 2; round++) {
    expect(read(forged)).toBeNull()
    expect(read(changed)).toBeNull()
    expect(read(signed('token'))).toBe('token')
    expect(read(`other=1; ${signed('second')}`)).toBe('second')
    expect(read(`${forged}; ${signed('token')}`)).toBe('token')
    expect(read(null)).toBeNull()
  }
})
