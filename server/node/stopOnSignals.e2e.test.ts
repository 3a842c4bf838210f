import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('../testing/stuckNode.ts', import.meta.url))

/** Resolves when the process has written this; rejects if it ends before. */
const written = (child: ChildProcess, text: string) =>
  new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(text)) resolve()
    })
    child.once('exit', () => reject(new Error(`ended before "${text}"`)))
  })

async function stuck(limitMs: number) {
  const child = spawn(process.execPath, [script, String(limitMs)])
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await written(child, 'up')
  const stopping = written(child, 'stopping')
  child.kill('SIGINT')
  await stopping
  return { child, code }
}

test('SERVER-11: while it drains, a second Ctrl-C ends it at once', async () => {
  const { child, code } = await stuck(600_000)
  child.kill('SIGINT')
  expect(await code).toBe(130)
})

test('SERVER-12: a drain that takes longer than its limit is cut off, and says so', async () => {
  const { child, code } = await stuck(50)
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  expect(await code).toBe(1)
  expect(said).toContain('did not drain within 0.05 s')
})
