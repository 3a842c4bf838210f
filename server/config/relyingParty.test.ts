import { expect, test } from 'vitest'
import { readSettings } from './readSettings.ts'
import { relyingPartyOf } from './relyingParty.ts'

const none = { rpId: undefined, origins: [] }

test('PASSKEY-10: whose passkeys they are follows the public address, on this machine localhost, or what is set', () => {
  expect(relyingPartyOf('https://study.example.org', none)).toEqual({
    ...{ id: 'study.example.org', origins: ['https://study.example.org'] },
  })
  for (const own of ['http://127.0.0.1:2567', 'http://[::1]:2567', 'http://localhost:2567'])
    expect(relyingPartyOf(own, none)).toEqual({ id: 'localhost', origins: ['http://localhost:2567'] })
  const set = { rpId: 'example.org', origins: ['https://study.example.org', 'https://example.org'] }
  expect(relyingPartyOf('http://10.0.0.7:2567', set)).toEqual({ id: 'example.org', origins: set.origins })
})

test('PASSKEY-10: an address where no browser makes passkeys is told at the start', () => {
  const fault = (env: Record<string, string>) => {
    expect(() => readSettings(env)).not.toThrow()
    try {
      readSettings({ ...env, PASSKEYS: '1' })
      return ''
    } catch (error) {
      return (error as Error).message
    }
  }
  expect(fault({})).toBe('')
  expect(fault({ HOST: '0.0.0.0' })).toBe('')
  expect(fault({ ORIGIN: 'http://10.0.0.7:2567' })).toContain('PASSKEYS: http://10.0.0.7:2567 has no name')
  expect(fault({ ORIGIN: 'https://[2001:db8::1]' })).toContain('has no name')
  expect(fault({ ORIGIN: 'http://study.example.org' })).toContain('is not https')
  expect(fault({ ORIGIN: 'https://study.example.org', PASSKEY_RP_ID: 'other.example' })).toContain('is not at')
  expect(fault({ ORIGIN: 'https://evilexample.org', PASSKEY_RP_ID: 'example.org' })).toContain('is not at')
})
