import { expect, test } from 'vitest'
import { announcedAddress } from './announcedAddress.ts'

const address = (ip: string, internal: boolean, family: 'IPv4' | 'IPv6' = 'IPv4') => ({
  ...{ address: ip, internal, family, netmask: '', mac: '', cidr: null },
  scopeid: 0,
})
const interfaces = {
  lo: [address('127.0.0.1', true)],
  eth: [address('fe80::1', false, 'IPv6'), address('10.0.0.7', false)],
} as never

test('MEDIA-20: clients are told an address that leads here, also when the worker listens on every one', () => {
  const told = (listenIp: string, announced: string, of = interfaces) =>
    announcedAddress({ listenIp, announcedAddress: announced }, of)
  expect(told('0.0.0.0', 'media.example.org')).toBe('media.example.org')
  expect(told('192.0.2.5', '')).toBe('192.0.2.5')
  expect(told('0.0.0.0', '')).toBe('10.0.0.7')
  expect(told('::', '', {} as never)).toBe('127.0.0.1')
})
