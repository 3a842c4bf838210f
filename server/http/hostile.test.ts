import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusals } from '#schemas/refusals.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { codeOf, newPerson, type Person } from '#server/testing/person.ts'

let server: InProcess
let mina: Person
beforeAll(async () => {
  server = await inProcess()
  mina = await newPerson(server.url)
})
afterAll(() => server.stop())

describe('pages of other origins', () => {
  test('API-3: a foreign Origin changes nothing, on every method that could', async () => {
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign)
      for (const method of ['POST', 'PATCH', 'DELETE', 'PUT']) {
        const answer = await mina.send(method, '/api/me', '{"name":"Evil"}', headers)
        expect([answer.status, codeOf(answer)]).toEqual([403, 'foreign_origin'])
      }
    expect((await mina.get('/api/me')).body).toMatchObject({ name: 'Mina' })
    expect((await mina.send('PATCH', '/api/me', { name: 'Mina' }, { origin: server.url })).status).toBe(200)
  })

  test('API-3: nor does it get a socket', async () => {
    const upgrade = (path: string, origin?: string) =>
      new Promise<number>((resolve, reject) => {
        const headers = {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
          ...(origin ? { origin } : {}),
        }
        const req = request(server.url + path, { headers })
        req.on('response', (res) => resolve(res.statusCode ?? 0))
        req.on('upgrade', (res, socket) => {
          socket.destroy()
          resolve(res.statusCode ?? 0)
        })
        req.on('error', reject)
        req.end()
      })
    expect(await upgrade('/process/room?sessionId=x', 'https://evil.example')).toBe(403)
    expect(await upgrade('/api/rooms/x/y')).toBe(404)
    expect(await upgrade('/')).toBe(404)
  })
})

describe('bodies', () => {
  test.each([
    ['malformed JSON', '{"name":'],
    ['an array', '[]'],
    ['deep arrays', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['a number', '7'],
    ['a lone surrogate in a name', '{"name":"\\ud800"}'],
  ])('API-4: %s is invalid', async (_, body) => {
    const answer = await mina.send('PATCH', '/api/me', body)
    expect([answer.status, codeOf(answer)]).toEqual([400, 'invalid'])
  })

  test('API-4: a form is not taken for JSON', async () => {
    const answer = await mina.send('PATCH', '/api/me', '{"name":"Form"}', { 'content-type': 'text/plain' })
    expect([answer.status, codeOf(answer)]).toEqual([400, 'invalid'])
  })

  test('API-5: 30 MB are refused, declared or not, and not read', async () => {
    const chunk = new Uint8Array(64 * 1024).fill(32)
    const sent = { bytes: 0 }
    const endless = new ReadableStream({
      pull(controller) {
        sent.bytes += chunk.length
        if (sent.bytes > 30 * 1024 * 1024) controller.close()
        else controller.enqueue(chunk)
      },
    })
    const init = { method: 'POST', headers: { 'content-type': 'application/json', cookie: mina.cookie } }
    const declared = await fetch(`${server.url}/api/rooms`, { ...init, body: ' '.repeat(30 * 1024 * 1024) }).catch(
      cutOff,
    )
    expect(declared?.status ?? 413).toBe(413)
    const streamed = await fetch(`${server.url}/api/rooms`, {
      ...init,
      body: endless,
      duplex: 'half',
    } as RequestInit).catch(cutOff)
    expect(streamed?.status ?? 413).toBe(413)
    expect(sent.bytes).toBeLessThan(8 * 1024 * 1024)
    const small = await mina.send('POST', '/api/rooms', ' '.repeat(70 * 1024))
    expect([small.status, codeOf(small)]).toEqual([413, 'too_large'])
    expect((await mina.get('/api/me')).status).toBe(200)
  })
  // The answer may be cut off by the reset that ends the upload: then there is none to look at.
  const cutOff = () => undefined
})

describe('paths and queries', () => {
  test('API-2: unknown paths and methods have the same envelope', async () => {
    const unknown = await mina.get('/api/nothing')
    expect([unknown.status, codeOf(unknown)]).toEqual([404, 'not_found'])
    const method = await mina.send('PUT', '/api/me')
    expect([method.status, codeOf(method), method.headers.get('allow')]).toEqual([
      405,
      'method_not_allowed',
      'GET, PATCH',
    ])
  })

  test.each([
    ['/api/rooms?cursor=garbage', 400],
    ['/api/rooms?limit=1e9', 400],
    ['/api/rooms?limit=-1', 400],
    ['/api/rooms?sort=evil', 400],
    ['/api/rooms/mine?cursor=%00%ff', 400],
    ['/api/rooms/mine?cursor=W10', 400],
    ['/api/rooms/..%2f..%2fetc', 400],
    ['/api/rooms/%E0%A4%A', 400],
    [`/api/rooms/${'x'.repeat(65)}`, 400],
    ['/api/rooms/unknown-room', 404],
    ['/api/rooms/unknown-room/messages', 409],
    ['/api/rooms/unknown-room/messages?at=-1', 400],
    ['/api/rooms/unknown-room/messages?at=9e99', 400],
    ['/api/rooms/unknown-room/messages?before=0', 400],
    ['/api/rooms/unknown-room/messages?after=NaN', 400],
    ['/api/rooms/unknown-room/messages/0/past', 400],
    ['/api/accounts/available', 400],
    ['/api/accounts/available?email=a@b.example&handle=ab', 400],
  ])('API-6: GET %s is %i', async (path, status) => {
    const answer = await mina.get(path)
    expect(answer.status).toBe(status)
    expect(refusals).toHaveProperty(codeOf(answer) ?? 'none')
  })

  test('API-7: every answer has the security headers and a request id', async () => {
    for (const path of ['/api/me', '/api/nothing', '/healthz', '/anything']) {
      const { headers } = await mina.get(path)
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('content-security-policy')).not.toContain("script-src 'self' 'unsafe-inline'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBeTruthy()
      expect(headers.get('x-request-id')).toBeTruthy()
    }
    expect((await mina.get('/api/me')).headers.get('cache-control')).toBe('no-store')
    expect((await mina.get('/api/me')).headers.get('access-control-allow-origin')).toBeNull()
  })
})
