import { expect, test } from 'vitest'
import { readSettings } from './readSettings.ts'

const faultOf = (env: Record<string, string>): string => {
  try {
    readSettings(env)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

test('MROOM-14: media is on unless it is switched off, and listens where the server does', () => {
  expect(readSettings({}).media).toMatchObject({
    ...{ workers: 0, portBase: 0, listenIp: '127.0.0.1', announcedAddress: '', iceUrls: [], turn: null },
    places: 25,
  })
  expect(readSettings({ MEDIA: 'off' }).media).toBeNull()
  expect(readSettings({ HOST: '0.0.0.0' }).media?.listenIp).toBe('0.0.0.0')
  expect(readSettings({ HOST: 'localhost' }).media?.listenIp).toBe('127.0.0.1')
})

test('MROOM-14: all of its settings', () => {
  const env = {
    ...{
      MEDIA_WORKERS: '3',
      MEDIA_PORT: '40000',
      MEDIA_LISTEN_IP: '10.0.0.5',
      MEDIA_ANNOUNCED_ADDRESS: 'sfu.example.org',
    },
    ...{ MEDIA_PLACES: '8', MEDIA_MAX_KBPS: '2500', MEDIA_PIPE_THRESHOLD: '20', MEDIA_WORKER_LOAD: '900' },
    TURN_TTL_SECONDS: '600',
    ...{ ICE_SERVERS: 'stun:stun.example.org:3478, stun:b.example.org', TURN_SECRET: 'a secret of both' },
    TURN_URLS: 'turn:turn.example.org:3478?transport=udp,turns:turn.example.org:443',
  }
  expect(readSettings(env).media).toMatchObject({
    ...{ workers: 3, portBase: 40_000, listenIp: '10.0.0.5', announcedAddress: 'sfu.example.org', places: 8 },
    ...{ maxIncomingBitrate: 2_500_000, pipeThreshold: 20, workerLoad: 900 },
    iceUrls: ['stun:stun.example.org:3478', 'stun:b.example.org'],
    turn: {
      urls: ['turn:turn.example.org:3478?transport=udp', 'turns:turn.example.org:443'],
      ...{ secret: 'a secret of both', ttlSeconds: 600 },
    },
  })
})

test('MROOM-14: what cannot be is told by variable, and no secret with it', () => {
  const wrong = {
    ...{ MEDIA: 'maybe', MEDIA_LISTEN_IP: 'here', MEDIA_ANNOUNCED_ADDRESS: '0.0.0.0', MEDIA_PLACES: '0' },
    ...{ ICE_SERVERS: 'http://stun.example.org', TURN_SECRET: 'a secret of both' },
  }
  const message = faultOf(wrong)
  for (const name of [...Object.keys(wrong).filter((it) => it !== 'TURN_SECRET'), 'TURN_URLS'])
    expect(message).toMatch(new RegExp(`^ {2}${name}: `, 'm'))
  expect(message).not.toContain('a secret of both')
  expect(faultOf({ TURN_URLS: 'turn:t.example.org' })).toContain('TURN_SECRET: is needed too')
})
