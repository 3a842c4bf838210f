import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
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

test('MAIL-6: mails of the folder are removed a day later, and nothing else there', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'studyhub-mail-')), 'mail')
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(folder)
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000)
  for (const [name, hours] of [
    ['old.txt', 25],
    ['old.html', 25],
    ['new.txt', 23],
    ['notes.md', 99],
  ] as const) {
    await writeFile(join(folder, name), '')
    await utimes(join(folder, name), ago(hours), ago(hours))
  }
  await folderMailer(folder, () => {}).close()
  expect((await readdir(folder)).sort()).toEqual(['new.txt', 'notes.md'])
  await folderMailer(join(folder, 'none'), () => {}).close()
})
