import { createHash } from 'node:crypto'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newPerson } from '#server/testing/person.ts'
import { sit } from '#server/testing/sit.ts'
import { type Started, startServer } from '#server/testing/startServer.ts'

let dataDir: string
const running: Started[] = []
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'studyhub-'))
})
afterEach(async () => {
  for (const server of running.splice(0)) if (server.child.exitCode === null) await server.kill()
  await rm(dataDir, { recursive: true, force: true })
})

async function start(env: Record<string, string> = {}, as: { uid?: number } = {}): Promise<Started> {
  const server = await startServer({ dataDir, env, ...as })
  running.push(server)
  return server
}

/** What the process said when it did not start; it must have ended with 1 and without a stack trace. */
async function faultOf(env: Record<string, string> = {}, as: { uid?: number } = {}): Promise<string> {
  const message = await start(env, as).then(
    () => 'it started',
    (error: Error) => error.message,
  )
  expect(message).toContain('the server ended (1)')
  expect(message).not.toMatch(/\n\s+at /)
  return message
}

/** Names and contents of a folder; SQLite's shared-memory files are no data. */
async function contents(dir: string): Promise<Record<string, string>> {
  const names = (await readdir(dir)).filter((name) => !name.endsWith('-shm')).sort()
  const hash = async (name: string) =>
    createHash('sha256')
      .update(await readFile(join(dir, name)))
      .digest('hex')
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await hash(name)])))
}

describe('starting', () => {
  test('SERVER-3: a good start ends with one line that gives the address, keeps its secret to itself, and serves', async () => {
    const server = await start()
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    expect(await fetch(`${server.url}/metrics`).then((r) => r.text())).toContain('studyhub_read_model_lag')
    expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600)
    expect(server.stderr()).toBe('')
  })

  test('MROOM-12 (V1): without a media worker everything else starts, one line says how to get it, and rooms say why', async () => {
    const server = await start({ MEDIA: 'on', MEDIASOUP_WORKER_BIN: join(dataDir, 'no-worker') })
    const told = server.stderr().trim().split('\n')
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(/no voice, video and screen share: .*npm run media:worker/)
    const person = await newPerson(server.url)
    const made = await person.post('/api/rooms', { name: 'Silent room' })
    const room = await sit(person, (made.body as { roomId: string }).roomId)
    expect(room.state.media.unavailable).toBe('no_worker')
    expect(await room.request('media.join', {})).toEqual({ refused: 'no_media', details: { why: 'no_worker' } })
    await room.leave()
  })

  test('SERVER-1: wrong settings: all of them told at once, nothing made', async () => {
    const message = await faultOf({ PORT: 'http', LOG_LEVEL: 'loud', REDIS_URL: 'redis://localhost' })
    for (const fault of [
      'PORT: must be',
      'LOG_LEVEL: must be',
      'KAFKA_BROKERS: is needed too',
      'SECRET: is needed too',
    ])
      expect(message).toContain(fault)
    expect(await readdir(dataDir)).toEqual([])
  })

  test('SERVER-4: a taken port is told, and nothing is made', async () => {
    const other = createServer()
    const port = await new Promise<number>((resolve) =>
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)),
    )
    expect(await faultOf({ PORT: String(port) })).toContain(`Port ${port} is taken. Stop what uses it, or set PORT`)
    expect(await readdir(dataDir)).toEqual([])
    other.close()
  })

  test('SERVER-5: a second process on the same folder refuses; the first goes on', async () => {
    const first = await start()
    expect(await faultOf()).toMatch(/in use by another process/)
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
    expect(await first.stop()).toBe(0)
    await start()
  })

  test('SERVER-6: a folder that cannot be written is told, data untouched', async () => {
    await (await start()).stop()
    const before = await contents(dataDir)
    // Root may write everywhere: then somebody else tries.
    const root = process.getuid?.() === 0
    await chmod(dataDir, 0o555)
    for (const name of Object.keys(before)) await chmod(join(dataDir, name), 0o444)
    const message = await faultOf({}, root ? { uid: 65534 } : {})
    expect(message).toMatch(/cannot be written|cannot be used/)
    expect(await contents(dataDir)).toEqual(before)
    await chmod(dataDir, 0o755)
    if (root) await chown(dataDir, 0, 0)
  })

  test.each(['ledger.db', 'studyhub.db', 'archive.db'])(
    'SERVER-7: a damaged %s is told by name, data untouched',
    async (name) => {
      await (await start()).stop()
      await writeFile(join(dataDir, name), 'This is no database at all. '.repeat(400))
      const before = await contents(dataDir)
      expect(await faultOf()).toMatch(new RegExp(`${name.replace('.', '\\.')}.*damaged`))
      expect((await contents(dataDir))[name]).toBe(before[name])
    },
  )

  test('SERVER-8: a file where the folder should be', async () => {
    await mkdir(join(dataDir, 'sub'))
    await writeFile(join(dataDir, 'sub', 'file'), 'x')
    expect(await faultOf({ DATA: join(dataDir, 'sub', 'file') })).toContain('sub/file cannot be used')
  })
})

describe('stopping', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('SERVER-9: %s drains: committed is kept, exit code 0', async (signal) => {
    const server = await start()
    const mina = await newPerson(server.url)
    const made = await mina.post('/api/rooms', { name: 'Night owls', kind: 'staying' })
    const { roomId } = made.body as { roomId: string }
    const gone = new Promise((resolve) => server.child.once('exit', resolve))
    server.child.kill(signal)
    expect(await gone).toBe(0)

    const again = await start()
    const { cookie } = mina
    const mine = await fetch(`${again.url}/api/rooms/${roomId}`, { headers: { cookie } })
    expect(await mine.json()).toMatchObject({ name: 'Night owls', live: false, owner: mina.me.id })
  })

  test('SERVER-10: kill -9 loses nothing that was answered', async () => {
    const server = await start()
    const mina = await newPerson(server.url)
    const made = await mina.post('/api/rooms', { name: 'Night owls', kind: 'staying' })
    const { roomId } = made.body as { roomId: string }
    await server.kill()
    const again = await start()
    const answer = await fetch(`${again.url}/api/rooms/${roomId}`, { headers: { cookie: mina.cookie } })
    expect(await answer.json()).toMatchObject({ name: 'Night owls', owner: mina.me.id })
    expect((await fetch(`${again.url}/api/me`, { headers: { cookie: mina.cookie } })).status).toBe(200)
  })
})
