import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { folderMailer } from './folderMailer.ts'

test('MAIL-3: without a mail server each mail is a file for its owner only, and the log is told the place, not the mail', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'studyhub-mail-')), 'mail')
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const told: string[] = []
  const mailer = folderMailer(folder, (file) => told.push(file))
  const mail = { to: 'mina@study.example', subject: 'A code', text: 'ABC234\n', html: '<p>ABC234</p>' }
  await Promise.all([mailer.send(mail), mailer.send(mail)])
  expect(mailer.folder).toBe(folder)
  expect((await readdir(folder)).map((name) => name.split('.').at(-1)).sort()).toEqual(['html', 'html', 'txt', 'txt'])
  const [file = ''] = told
  expect(await readFile(file, 'utf8')).toBe('To: mina@study.example\nSubject: A code\n\nABC234\n')
  expect((await stat(file)).mode & 0o077).toBe(0)
  expect(told.join()).not.toMatch(/ABC234|mina/)
})
