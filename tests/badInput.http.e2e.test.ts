import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { codeOf, PASSWORD, Person } from '#server/testing/person.ts'
import { attackedRoomForFile } from './harness/attackedRoomForFile.ts'
import { rudeClient, upgrade } from './harness/rude.ts'

const place = attackedRoomForFile()

test('SYS-10 (I8): tokens that are expired, foreign, unsigned or noise are nobody', async () => {
  const person = await place().somebody()
  const [name = '', value = ''] = [
    person.cookie.slice(0, person.cookie.indexOf('=')),
    person.cookie.split('=').slice(1).join('='),
  ]
  const token = decodeURIComponent(value).split('.')[0] ?? ''
  const other = decodeURIComponent((await place().somebody()).cookie.split('=').slice(1).join('='))
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
  const forged = [
    ...[
      '',
      'x',
      token,
      `${token}.`,
      `${token}.${'A'.repeat(43)}=`,
      `${none}.${Buffer.from(JSON.stringify({ sub: person.me.id })).toString('base64url')}.`,
    ],
    ...[
      `${token}.${other.slice(other.lastIndexOf('.') + 1)}`,
      `${person.me.id}.${other.slice(other.lastIndexOf('.') + 1)}`,
    ],
    ...['%', '%E0%A4%A', '..', 'none', '{"userId":"x"}', 'A'.repeat(4000)],
  ]
  for (const raw of forged)
    for (const cookie of [`${name}=${raw}`, `${name}=${encodeURIComponent(raw)}`]) {
      const thief = new Person(place().server.url)
      thief.cookie = cookie
      for (const answer of [await thief.get('/api/me'), await thief.post(`/api/rooms/${place().roomId}/enter`)])
        expect([answer.status, codeOf(answer)]).toEqual([401, 'unauthenticated'])
    }
  expect((await person.post('/api/accounts/sign-out')).status).toBe(200)
  person.cookie = `${name}=${value}`
  expect((await person.get('/api/me')).status).toBe(401)
  // Who presents a made-up seat gets no socket into the room.
  const rude = await rudeClient(place().server.url, {
    ...(await place().ticket(place().owner)),
    sessionId: 'A'.repeat(22),
  })
  expect(await rude.closed).not.toBe(1000)
})

test('SYS-14 (I10): cursors that are garbage, zones that do not exist, dates and numbers out of range are invalid', async () => {
  const bad: [string, string, unknown?][] = [
    ...['x', '%00', 'e30', 'W10', 'null', 'eyJhIjoxfQ', 'A'.repeat(200)].flatMap((cursor): [string, string][] => [
      ['GET', `/api/rooms?cursor=${cursor}`],
      ['GET', `/api/rooms/mine?cursor=${cursor}`],
    ]),
    ...['-1', '0', '1e99', 'NaN', 'x', '1.5', '9'.repeat(40)].map((n): [string, string] => [
      'GET',
      `/api/rooms/${place().roomId}/messages?before=${n}`,
    ]),
    ...['-1', '8640000000000001', '1e300', 'tomorrow'].map((at): [string, string] => [
      'GET',
      `/api/rooms/${place().roomId}/messages?at=${at}`,
    ]),
    ['GET', `/api/rooms/${place().roomId}/messages?limit=100000`],
    ['GET', `/api/rooms?limit=0`],
    ...['Mars/Olympus', '', '../../etc/passwd', '+25:00', 'Asia/Seoul\u0000', 7].map(
      (timeZone): [string, string, unknown] => ['PATCH', '/api/me', { timeZone }],
    ),
    ...[-1, 24, 1.5, '5', null].map((dayStartHour): [string, string, unknown] => [
      'PATCH',
      '/api/me',
      { dayStartHour },
    ]),
    ...['a\u0000b', '', 'x'.repeat(200), '\u202e', 7].map((name): [string, string, unknown] => [
      'PATCH',
      '/api/me',
      { name },
    ]),
    ...[0, 1, 101, 1e9, '10', 2.5].map((capacity): [string, string, unknown] => [
      'POST',
      '/api/rooms',
      { name: 'Room', capacity },
    ]),
    ...[
      '"',
      '[]',
      '7',
      'null',
      '{"name":',
      '['.repeat(30_000),
      `{"name":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    ].map((body): [string, string, unknown] => ['POST', '/api/rooms', body]),
  ]
  for (const [method, path, body] of bad) {
    const answer = await place().owner.send(method, path, body)
    expect([method, path, body, answer.status, codeOf(answer)]).toEqual([method, path, body, 400, 'invalid'])
  }
  for (const path of ['/api/rooms/no-such-room', '/api/rooms/__proto__'])
    expect((await place().owner.get(path)).status).toBe(404)
  expect((await place().owner.get('/api/rooms/..%2f..%2fsecret')).status).toBe(400)
})

test('SYS-15 (I10): a body of 300 MB is refused with 413 before it was sent', async () => {
  const size = 300 * 1024 * 1024
  for (const head of [`content-length: ${size}`, 'transfer-encoding: chunked']) {
    const socket = connect(Number(new URL(place().server.url).port), '127.0.0.1')
    let answer = ''
    let written = 0
    const over = new Promise<void>((resolve) => {
      socket.on('data', (data) => {
        answer += data.toString()
        resolve()
      })
      socket.on('error', () => resolve())
      socket.on('close', () => resolve())
    })
    socket.write(
      `POST /api/rooms HTTP/1.1\r\nhost: x\r\ncookie: ${place().owner.cookie}\r\ncontent-type: application/json\r\n${head}\r\n\r\n`,
    )
    const chunk = Buffer.alloc(16 * 1024, 0x20)
    while (answer === '' && !socket.destroyed && written < size) {
      const piece = head.startsWith('transfer') ? `${chunk.length.toString(16)}\r\n${chunk}\r\n` : chunk
      // Not faster than it goes out, so that the answer is seen when it comes.
      await Promise.race([over, new Promise((resolve) => socket.write(piece, resolve))])
      written += chunk.length
    }
    await over
    socket.destroy()
    expect(answer.split('\r\n')[0]).toContain('413')
    // The kernel's buffers of both ends take some megabytes before the answer is seen; 20 on a busy machine.
    expect(written).toBeLessThan(size / 2)
  }
})

test('SYS-16 (I10): a foreign Origin changes nothing by HTTP and gets no socket', async () => {
  const seat = await place().ticket(await place().somebody())
  const path = `/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}`
  for (const origin of [
    'https://evil.example',
    'null',
    `${place().server.url}.evil.example`,
    place().server.url.replace('http', 'https'),
  ]) {
    expect(codeOf(await place().owner.post('/api/rooms', { name: 'Foreign' }, { origin }))).toBe('foreign_origin')
    expect(codeOf(await place().owner.post(`/api/rooms/${place().roomId}/enter`, {}, { origin }))).toBe(
      'foreign_origin',
    )
    expect(
      codeOf(
        await place().owner.post(
          '/api/accounts/sign-in',
          { email: place().owner.me.email, password: PASSWORD },
          { origin },
        ),
      ),
    ).toBe('foreign_origin')
    expect(await upgrade(place().server.url, path, { origin })).toBe(403)
  }
  expect(await upgrade(place().server.url, path, { origin: place().server.url })).toBe(101)
})

test('SYS-17 (I10): nothing that was logged at the finest level holds a secret, and nothing above was a bug of ours', async () => {
  await place().owner.post('/api/accounts/sign-in', { email: place().owner.me.email, password: 'wr0ng password!' })
  place().secrets.add('wr0ng password!')
  await place().logIsClean()
  expect(place().server.stderr()).toContain('/api/accounts/sign-in')
})
