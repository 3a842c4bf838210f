import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Settings } from '#server/config/readSettings.ts'
import { folderMailer } from './folderMailer.ts'
import type { Mailer } from './Mailer.ts'
import { smtpMailer } from './smtpMailer.ts'

/** By SMTP where it is set; otherwise into `mail/` in the data folder, and the log says which file. */
export function openMailer({ smtp, data }: Pick<Settings, 'smtp' | 'data'>, log: Logger): Mailer {
  if (smtp) return smtpMailer(smtp.url, smtp.from)
  return folderMailer(join(data, 'mail'), (file) => log.info({ file }, 'a mail was put into the mail folder'))
}
