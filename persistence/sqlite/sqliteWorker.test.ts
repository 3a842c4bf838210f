import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DataFolderProblem } from './DataFolderProblem.ts'
import { SqliteFailure, SqliteGone } from './SqliteFailure.ts'
import { openSqliteWorker } from './sqliteWorker.ts'
import type { Counter } from './testing/counterProcedures.ts'
import { temporaryFolder } from './testing/temporaryFolder.ts'

const procedures = new URL('./testing/counterProcedures.ts', import.meta.url)

async function open(path = join(temporaryFolder(), 'test.db')) {
  const worker = await openSqliteWorker<Counter>({ path, procedures })
  onTestFinished(() => worker.close())
  return { worker, path }
}

/** Commit frames in the WAL so far: each commit ends with a frame that says the database's size. */
function commits(path: string): number {
  const wal = readFileSync(`${path}-wal`)
  const frame = 24 + wal.readUInt32BE(8)
  let found = 0
  for (let at = 32; at + frame <= wal.length; at += frame) if (wal.readUInt32BE(at + 4) !== 0) found++
  return found
}

describe('the worker of a SQLite file', () => {
  test('SQLITE-1: what arrives while it is busy shares one commit', async () => {
    const { worker, path } = await open()
    await worker.call('add', 'a', 1)
    const before = commits(path)
    const stalled = worker.call('stall', 50)
    await new Promise(setImmediate)
    const adds: Promise<number>[] = []
    for (let turn = 0; turn < 5; turn++) {
      for (let i = 0; i < 20; i++) adds.push(worker.call('add', 'a', 1))
      await new Promise(setImmediate)
    }
    await stalled
    expect((await Promise.all(adds)).at(-1)).toBe(101)
    expect(commits(path) - before).toBeLessThanOrEqual(2)
  })

  test('SQLITE-2: one that fails is undone alone', async () => {
    const { worker } = await open()
    const [first, failed, last] = await Promise.allSettled([
      worker.call('add', 'a', 1),
      worker.call('addThenFail', 'a', 100),
      worker.call('add', 'a', 1),
    ])
    expect(first).toMatchObject({ value: 1 })
    expect(failed).toMatchObject({ reason: { kind: 'RangeError', message: 'failed on purpose' } })
    expect(last).toMatchObject({ value: 2 })
    expect(await worker.read('value', 'a')).toBe(2)
  })

  test('SQLITE-2: an unknown procedure and a bad statement are failures of the asker', async () => {
    const { worker } = await open()
    await expect(worker.call('nothing' as 'add', 'a', 1)).rejects.toThrow('no procedure nothing')
    await expect(worker.run('insert into nowhere values (1)', [])).rejects.toBeInstanceOf(SqliteFailure)
    expect(await worker.call('add', 'a', 3)).toBe(3)
  })

  test('SQLITE-3: what was acknowledged is there after closing and opening again', async () => {
    const { worker, path } = await open()
    await worker.call('add', 'a', 7)
    await worker.close()
    await expect(worker.call('add', 'a', 1)).rejects.toBeInstanceOf(SqliteGone)
    const again = await open(path)
    expect(await again.worker.read('value', 'a')).toBe(7)
  })

  test('SQLITE-10: a thread that ends fails all that waits, says so once, and stores nothing of its last group', async () => {
    const path = join(temporaryFolder(), 'test.db')
    const gone: Error[] = []
    const worker = await openSqliteWorker<Counter>({ path, procedures, onGone: (error) => gone.push(error) })
    await worker.call('add', 'a', 1)
    const results = await Promise.allSettled([
      worker.call('add', 'a', 1),
      worker.call('die'),
      worker.read('value', 'a'),
    ])
    expect(results[0]).toMatchObject({ status: 'rejected', reason: expect.any(SqliteGone) })
    expect(results[1]).toMatchObject({ status: 'rejected', reason: expect.any(SqliteGone) })
    await expect(worker.call('add', 'a', 1)).rejects.toBeInstanceOf(SqliteGone)
    expect(gone).toHaveLength(1)
    await worker.close()
    expect(await (await open(path)).worker.read('value', 'a')).toBe(1)
  })

  test('SQLITE-4: closing finishes what waits', async () => {
    const { worker } = await open()
    const adds = Array.from({ length: 50 }, () => worker.call('add', 'a', 1))
    await worker.close()
    expect((await Promise.all(adds)).at(-1)).toBe(50)
  })

  test('SQLITE-5: a damaged, foreign or locked file gives one clear problem and is left as it is', async () => {
    const dir = temporaryFolder()
    const garbage = join(dir, 'garbage.db')
    writeFileSync(garbage, 'this is no database'.repeat(500))
    const problem = await openSqliteWorker({ path: garbage }).catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(DataFolderProblem)
    expect(problem).toMatchObject({ fault: 'corrupt', message: expect.stringContaining('restore a backup') })
    expect(readFileSync(garbage, 'utf8')).toMatch(/^this is no database/)

    const { worker, path } = await open(join(dir, 'good.db'))
    for (let i = 0; i < 200; i++) await worker.call('add', `name-${i}`.repeat(20), i)
    await worker.close()
    const bytes = readFileSync(path)
    bytes.fill(0xab, 4096, 8192)
    writeFileSync(path, bytes)
    await expect(openSqliteWorker({ path })).rejects.toMatchObject({ fault: 'corrupt' })

    await expect(openSqliteWorker({ path: join(dir, 'none', 'x.db') })).rejects.toMatchObject({ fault: 'unusable' })
  })

  test('SQLITE-5: a file that another connection keeps locked is refused', { timeout: 15_000 }, async () => {
    const path = join(temporaryFolder(), 'locked.db')
    const other = new DatabaseSync(path)
    other.exec('begin exclusive')
    onTestFinished(() => other.close())
    await expect(openSqliteWorker({ path })).rejects.toMatchObject({ fault: 'locked' })
  })
})
