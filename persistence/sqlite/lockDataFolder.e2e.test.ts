import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { DataFolderProblem } from './DataFolderProblem.ts'
import { lockDataFolder } from './lockDataFolder.ts'
import { temporaryFolder } from './testing/temporaryFolder.ts'

async function holder(dir: string) {
  const child = spawn(process.execPath, ['--expose-gc', join(import.meta.dirname, 'testing/holdFolder.ts'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}

test('SQLITE-9: a data folder has one process; its death by kill -9 frees it', async () => {
  const dir = join(temporaryFolder(), 'data')
  const child = await holder(dir)
  expect(() => lockDataFolder(dir)).toThrow(DataFolderProblem)
  expect(() => lockDataFolder(dir)).toThrow('in use by another process')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const lock = lockDataFolder(dir)
  expect(() => lockDataFolder(dir)).toThrow('in use by another process')
  lock.release()
  lockDataFolder(dir).release()
})

test('SQLITE-9: a folder that is a file, or cannot be written, is a problem with advice', () => {
  const dir = temporaryFolder()
  writeFileSync(join(dir, 'file'), '')
  expect(() => lockDataFolder(join(dir, 'file'))).toThrow(DataFolderProblem)
  // The superuser may write everywhere: only others can see this.
  if (process.getuid?.() !== 0) {
    chmodSync(dir, 0o500)
    expect(() => lockDataFolder(dir)).toThrow('cannot be written')
    chmodSync(dir, 0o700)
  }
})
