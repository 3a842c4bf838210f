import { Client } from '@colyseus/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Entered } from '#schemas/api/rooms.ts'
import type { Device, TokenPair } from '#schemas/api/sessions.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { codeOf, newPerson, PASSWORD, Person } from '#server/testing/person.ts'
import { sit } from '#server/testing/sit.ts'

let server: InProcess
beforeAll(async () => {
  server = await inProcess()
})
afterAll(() => server.stop())

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36'
const signIn = async (as: Person, headers: Record<string, string> = {}) => {
  const device = new Person(server.url)
  const answer = await device.post('/api/accounts/sign-in', { email: as.me.email, password: PASSWORD }, headers)
  expect(answer.status).toBe(200)
  return device
}
const devicesOf = async (person: Person) =>
  ((await person.get('/api/accounts/devices')).body as { devices: Device[] }).devices
const openRoom = async (person: Person) => {
  const { body } = await person.post('/api/rooms', { name: 'Room', kind: 'open', level: 'free', capacity: 10 })
  return (body as { roomId: string }).roomId
}
const closed = (room: { onLeave(told: (code: number) => void): unknown }) =>
  new Promise<number>((resolve) => void room.onLeave(resolve))

async function tokensOf(person: Person, more: object = {}): Promise<TokenPair> {
  const body = { email: person.me.email, password: PASSWORD, device: 'My bot', ...more }
  const answer = await new Person(server.url).post('/api/accounts/tokens', body)
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([201, null])
  return answer.body as TokenPair
}
const bearer = ({ accessToken }: TokenPair) => ({ authorization: `Bearer ${accessToken}` })
const refresh = (refreshToken: string) => new Person(server.url).post('/api/accounts/tokens/refresh', { refreshToken })

describe('devices', () => {
  test('SESS-1: one’s sessions are told by program, system and coarse address, newest use first, never by token', async () => {
    const mina = await newPerson(server.url)
    const desk = await signIn(mina, { 'user-agent': CHROME })
    const list = await devicesOf(desk)
    expect(list.map((d) => d.current).sort()).toEqual([false, true])
    const mine = list.find((d) => d.current)
    expect(mine).toMatchObject({
      program: 'Chrome',
      system: 'Windows',
      phone: false,
      kind: 'web',
      network: '127.0.0.x',
    })
    const token = decodeURIComponent(desk.cookie.split('=')[1] ?? '').split('.')[0] as string
    expect(JSON.stringify(list)).not.toContain(token)
  })

  test('SESS-2: ending all others ends their HTTP and their sockets at once; this one stays', async () => {
    const mina = await newPerson(server.url)
    const [desk, phone, bot] = [await signIn(mina), await signIn(mina), await tokensOf(mina)]
    const room = await sit(phone, await openRoom(mina))
    const gone = closed(room)
    expect((await desk.post('/api/accounts/devices/end-others')).body).toEqual({ ended: 3 })
    expect(await gone).toBe(closeCodes.signedOut)
    expect((await phone.get('/api/me')).status).toBe(401)
    expect((await phone.get('/api/me', bearer(bot))).status).toBe(401)
    expect((await refresh(bot.refreshToken)).status).toBe(401)
    expect((await devicesOf(desk)).map((d) => d.current)).toEqual([true])
  })

  test('SESS-2: a session that is ended in the middle of a socket’s life ends that socket with its own code', async () => {
    const mina = await newPerson(server.url)
    const phone = await signIn(mina)
    const room = await sit(phone, await openRoom(mina))
    const gone = closed(room)
    const id = (await devicesOf(phone)).find((d) => d.current)?.id
    expect((await mina.send('DELETE', `/api/accounts/devices/${id}`)).status).toBe(200)
    expect(await gone).toBe(closeCodes.signedOut)
  })

  test('SESS-3: another’s session is not found, and stays', async () => {
    const [mina, thief] = [await newPerson(server.url), await newPerson(server.url)]
    const [device] = await devicesOf(mina)
    expect((await thief.send('DELETE', `/api/accounts/devices/${device?.id}`)).status).toBe(404)
    expect((await mina.get('/api/me')).status).toBe(200)
  })
})

describe('bearer tokens', () => {
  test('SESS-4: an access token is somebody at every endpoint and enters places; it is a device like others', async () => {
    const mina = await newPerson(server.url)
    const bot = await tokensOf(mina)
    const client = new Person(server.url)
    expect((await client.get('/api/me', bearer(bot))).body).toMatchObject({ id: mina.me.id })
    const entered = await client.post(`/api/rooms/${await openRoom(mina)}/enter`, {}, bearer(bot))
    expect(entered.status).toBe(200)
    const device = (await devicesOf(mina)).find((d) => d.kind === 'token')
    expect(device).toMatchObject({ program: 'My bot', current: false })
    expect((await client.post('/api/accounts/sign-out', {}, bearer(bot))).status).toBe(200)
    expect((await client.get('/api/me', bearer(bot))).status).toBe(401)
  })

  test('SESS-5: a refresh gives the next pair, again and again; access made before lives out its ten minutes', async () => {
    const mina = await newPerson(server.url)
    const first = await tokensOf(mina)
    expect(first.accessExpiresAt - Date.now()).toBeLessThanOrEqual(600_000)
    let { refreshToken } = first
    for (let i = 0; i < 3; i++) {
      const next = await refresh(refreshToken)
      expect(next.status).toBe(200)
      refreshToken = (next.body as TokenPair).refreshToken
    }
    expect((await new Person(server.url).get('/api/me', bearer(first))).status).toBe(200)
  })

  test('SESS-6: a refresh token that comes twice ends the whole session: access, newer refresh and sockets', async () => {
    const mina = await newPerson(server.url)
    const stolen = await tokensOf(mina)
    const next = (await refresh(stolen.refreshToken)).body as TokenPair
    const client = new Person(server.url)
    client.send = (
      (send) => (method, path, body, headers) =>
        send(method, path, body, { ...headers, ...bearer(next) })
    )(client.send.bind(client))
    const room = await sit(client, await openRoom(mina))
    const gone = closed(room)
    expect(codeOf(await refresh(stolen.refreshToken))).toBe('unauthenticated')
    expect(await gone).toBe(closeCodes.signedOut)
    expect((await refresh(next.refreshToken)).status).toBe(401)
    expect((await client.get('/api/me')).status).toBe(401)
    // The person's other sessions have nothing to do with it.
    expect((await mina.get('/api/me')).status).toBe(200)
    expect(server.logged()).toContain('a refresh token was used twice')
    expect(server.logged()).not.toContain(stolen.refreshToken)
  })

  test('SESS-6: of eight refreshes at once at most one succeeds, and the session is over', async () => {
    const pair = await tokensOf(await newPerson(server.url))
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(pair.refreshToken)))
    expect(answers.filter((a) => a.status === 200).length).toBeLessThanOrEqual(1)
    const won = answers.find((a) => a.status === 200)?.body as TokenPair | undefined
    if (won) expect((await refresh(won.refreshToken)).status).toBe(401)
    expect((await new Person(server.url).get('/api/me', bearer(pair))).status).toBe(401)
  })

  test('SESS-7: forged, foreign and swapped tokens are nobody; a wrong header is not made good by a cookie', async () => {
    const mina = await newPerson(server.url)
    const pair = await tokensOf(mina)
    const [session, until, mac] = pair.accessToken.split('.')
    const wrong = [
      pair.refreshToken,
      `${session}.${Number(until) + 1}.${mac}`,
      `${session}.${until}.`,
      `${session}.${until}`,
      'none',
      `${pair.accessToken}x`,
    ]
    for (const token of wrong) {
      const authorization = `Bearer ${token}`
      expect((await new Person(server.url).get('/api/me', { authorization })).status).toBe(401)
      expect((await mina.get('/api/me', { authorization })).status).toBe(401)
    }
    expect((await refresh(pair.accessToken)).status).toBe(401)
    expect((await refresh(pair.refreshToken)).status).toBe(200)
  })

  test('SESS-8: wrong passwords cost the same tries as on the sign-in page', async () => {
    const mina = await newPerson(server.url)
    const guess = (path: string, i: number) =>
      new Person(server.url).post(path, { email: mina.me.email, password: `Guess${i}!` })
    for (let i = 0; i < 10; i++) await guess(i % 2 ? '/api/accounts/tokens' : '/api/accounts/sign-in', i)
    const late = await new Person(server.url).post('/api/accounts/tokens', { email: mina.me.email, password: PASSWORD })
    expect(codeOf(late)).toBe('too_many_tries')
  })
})

test('SESS-9: a page of another origin can change nothing with the cookies it rides on', async () => {
  const mina = await newPerson(server.url)
  const origin = 'https://evil.example'
  for (const [method, path] of [
    ['POST', '/api/accounts/devices/end-others'],
    ['POST', '/api/accounts/sign-out'],
    ['POST', '/api/accounts/tokens'],
  ] as const)
    expect(codeOf(await mina.send(method, path, {}, { origin }))).toBe('foreign_origin')
  expect((await mina.get('/api/me')).status).toBe(200)
})

describe('tickets', () => {
  const seatOf = async (person: Person, roomId: string) => {
    const { publicAddress, ...seat } = ((await person.post(`/api/rooms/${roomId}/enter`)).body as Entered).seat
    return { ...seat, ...(publicAddress ? { publicAddress } : {}) }
  }
  const use = (seat: Awaited<ReturnType<typeof seatOf>>) =>
    new Client(server.url.replace('http', 'ws')).consumeSeatReservation(seat)

  test('SESS-10: a ticket that was used is worth nothing to a thief', async () => {
    const mina = await newPerson(server.url)
    const seat = await seatOf(mina, await openRoom(mina))
    const room = await use(seat)
    await expect(use(seat)).rejects.toThrow()
    await room.leave()
  })

  test('SESS-10: a ticket whose session has ended opens no lasting place', async () => {
    const mina = await newPerson(server.url)
    const phone = await signIn(mina)
    const seat = await seatOf(phone, await openRoom(mina))
    await mina.post('/api/accounts/devices/end-others')
    const code = await use(seat).then(closed, () => 'refused')
    expect(code === 'refused' || code === closeCodes.signedOut).toBe(true)
  })
})
