import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Mailer } from './Mailer.ts'
import { smtpMailer } from './smtpMailer.ts'
import { signUpMail } from './templates/accountMails.ts'

type Received = { readonly from: string; readonly to: readonly string[]; readonly raw: string; readonly user: string }
const received: Received[] = []
// A real server that speaks SMTP: wants a name and a password, and refuses one recipient.
const server = new SMTPServer({
  authOptional: false,
  allowInsecureAuth: true,
  disabledCommands: ['STARTTLS'],
  onAuth: ({ username, password }, _session, done) =>
    password === 'p@ss/word' ? done(null, { user: username ?? '' }) : done(new Error('wrong password')),
  onRcptTo: ({ address }, _session, done) =>
    address.startsWith('nobody@') ? done(new Error('no such mailbox')) : done(),
  onData(stream, { envelope, user }, done) {
    let raw = ''
    stream.on('data', (part: Buffer) => {
      raw += part.toString()
    })
    stream.on('end', () => {
      const from = envelope.mailFrom ? envelope.mailFrom.address : ''
      received.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw, user: String(user) })
      done()
    })
  },
})
const urlOf = (password: string) =>
  `smtp://studyhub:${password}@127.0.0.1:${(server.server.address() as AddressInfo).port}`
const FROM = 'StudyHub <no-reply@study.example>'
let mailer: Mailer

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  mailer = smtpMailer(urlOf('p%40ss%2Fword'), FROM)
})
afterAll(async () => {
  await mailer.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

const mail = (to: string) => signUpMail({ to, locale: 'ko', code: 'ABC234', minutes: 30 })
/** The decoded parts of a mail, by their type. */
const parts = (raw: string) =>
  new Map(
    raw.split(/\r\n--[^\r\n]+\r\n/).flatMap((part) => {
      const [head = '', ...rest] = part.split('\r\n\r\n')
      const type = /Content-Type: (text\/\w+)/i.exec(head)?.[1]
      const body = rest.join('\r\n\r\n').split('\r\n--')[0] ?? ''
      if (!type) return []
      const base64 = /Transfer-Encoding: base64/i.test(head)
      return [[type, base64 ? Buffer.from(body, 'base64').toString() : quotedPrintable(body)]]
    }),
  )
const quotedPrintable = (body: string) =>
  Buffer.from(
    body
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()

test('MAIL-1: a mail reaches a real mail server, signed in, with text and HTML that both have the code', async () => {
  await mailer.send(mail('mina@study.example'))
  const [got] = received
  expect(got).toMatchObject({ from: 'no-reply@study.example', to: ['mina@study.example'], user: 'studyhub' })
  expect(got?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  const { ['text/plain']: text, ['text/html']: html } = Object.fromEntries(parts(got?.raw ?? ''))
  expect(text).toContain('ABC234')
  expect(text).toContain('30분 동안 한 번만')
  expect(html).toContain('ABC234')
  expect(html).toContain('<html lang="ko">')
})

test.each([
  'joon@study.example\r\nBcc: thief@study.example',
  'joon@study.example, thief@study.example',
  'Joon <thief@study.example>',
  'friends: joon@study.example, thief@study.example;',
])('MAIL-1: %j is not one address and reaches nobody', async (to) => {
  const before = received.length
  await expect(mailer.send(mail(to))).rejects.toThrow('not one e-mail address')
  expect(received).toHaveLength(before)
})

test('MAIL-2: what the server does not take, or who it does not let in, is a failure', async () => {
  await expect(mailer.send(mail('nobody@study.example'))).rejects.toThrow()
  const stranger = smtpMailer(urlOf('wrong'), FROM)
  await expect(stranger.send(mail('mina@study.example'))).rejects.toThrow()
  await stranger.close()
})
