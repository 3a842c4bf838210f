import { expect, test } from 'vitest'
import { iceServers } from './iceServers.ts'
import { turnCredentials } from './turnCredentials.ts'

test("MEDIA-19: credentials for TURN are its REST convention's: until when, for whom, signed", () => {
  // printf '1433895918:example' | openssl dgst -sha1 -hmac north -binary | base64
  expect(turnCredentials('north', 'example', 1_433_895_918)).toEqual({
    username: '1433895918:example',
    credential: 'HXS6ZnsnS6+gp/LRxKqeQfAfKYg=',
  })
})

test('MEDIA-19: each peer is given credentials of its own, fresh at each ask; without a TURN server none', () => {
  const turn = { urls: ['turn:a:3478', 'turns:a:5349'], secret: 'north', ttlSeconds: 60 }
  const [stun, relay] = iceServers({ iceUrls: ['stun:a:3478'], turn }, 'ann', 5_500)
  expect(stun).toEqual({ urls: ['stun:a:3478'] })
  expect(relay).toEqual({ urls: turn.urls, ...turnCredentials('north', 'ann', 65) })
  expect(iceServers({ iceUrls: [], turn: null }, 'ann', 0)).toEqual([])
})
