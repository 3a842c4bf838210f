import { createTransport } from 'nodemailer'
import type { Mailer } from './Mailer.ts'

/** Longest wait for the server at any step. */
const PATIENCE_MS = 10_000

/**
 * Sends by SMTP: `smtp://user:password@host:587` (STARTTLS where the server offers it) or `smtps://…`. A few connections
 * are kept; nodemailer's own log stays off, for it would show whole mails.
 */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    // A mail is what our templates made: nothing in it may make the library read a file or ask another server.
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  })
  return {
    folder: null,
    async send(mail) {
      // The library takes a text for a list of addresses: what is not plainly one would reach somebody else.
      if (!/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/u.test(mail.to)) throw new Error('not one e-mail address')
      const { rejected } = await transport.sendMail({ from, ...mail, headers: { 'Auto-Submitted': 'auto-generated' } })
      if (rejected.length > 0) throw new Error('the mail server did not take the recipient')
    },
    close: async () => transport.close(),
  }
}
