import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { newPerson } from '#server/testing/person.ts'
import { startServer } from '#server/testing/startServer.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)
const admin = async (data: string, ...words: string[]) => {
  const options = { cwd: project, env: { ...process.env, DATA: data } }
  const { stdout } = await run(process.execPath, ['server/wiring/admin.ts', ...words], options)
  return stdout.trim()
}

test('ACCT-19: the command gives the first admin, beside the running server, from the next request on; and takes it', async () => {
  const server = await startServer()
  onTestFinished(async () => void (await server.stop()))
  const mina = await newPerson(server.url)
  const role = async () => ((await mina.get('/api/me')).body as { role: string }).role
  expect(await role()).toBe('user')
  expect(await admin(server.dataDir, `@${mina.me.handle}`, 'admin')).toBe(`@${mina.me.handle} is admin now.`)
  expect(await role()).toBe('admin')
  expect(await admin(server.dataDir)).toBe(`admin\t@${mina.me.handle}`)
  await expect(admin(server.dataDir, mina.me.handle, 'root')).rejects.toThrow('user, manager, admin')
  await expect(admin(server.dataDir, 'nobody.here', 'admin')).rejects.toThrow('Nobody has this handle')
  expect(await role()).toBe('admin')
  await admin(server.dataDir, mina.me.handle, 'user')
  expect(await role()).toBe('user')
}, 60_000)

test('ACCT-19: on a folder without a database the command says what to do, and makes none', async () => {
  const data = await mkdtemp(join(tmpdir(), 'studyhub-'))
  onTestFinished(() => rm(data, { recursive: true, force: true }))
  await expect(admin(data, 'mina', 'admin')).rejects.toThrow('Start StudyHub once')
  await expect(admin(data)).rejects.toThrow('Start StudyHub once')
})
