import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Mailer } from './Mailer.ts'
import { sweepMails } from './sweepMails.ts'

const KEPT_MS = 24 * 60 * 60 * 1000
const EVERY_MS = 60 * 60 * 1000

/**
 * For development: every mail becomes a text file (and its HTML beside it) in a folder, newest last by name. `wrote` is
 * told the file, for the log: the mail itself, its code and its address stand in the file only. A file is there whole or
 * not at all, and is removed a day later: mails hold addresses and codes.
 */
export function folderMailer(folder: string, wrote: (file: string) => void): Mailer {
  let sweeping = Promise.resolve()
  // What cannot be removed now is tried again in an hour.
  const sweep = () => {
    sweeping = sweepMails(folder, Date.now() - KEPT_MS).catch(() => {})
  }
  sweep()
  const hourly = setInterval(sweep, EVERY_MS).unref()
  return {
    folder,
    async send({ to, subject, text, html }) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}`
      const put = async (ending: string, content: string) => {
        const file = join(folder, `${name}.${ending}`)
        await writeFile(`${file}.part`, content, { mode: 0o600 })
        await rename(`${file}.part`, file)
        return file
      }
      await put('html', html)
      wrote(await put('txt', `To: ${to}\nSubject: ${subject}\n\n${text}`))
    },
    async close() {
      clearInterval(hourly)
      await sweeping
    },
  }
}
