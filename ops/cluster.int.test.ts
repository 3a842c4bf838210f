import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { askUntil } from '#client/testing/askUntil.ts'
import type { Entered } from '#schemas/api/rooms.ts'
import { newPerson, Person } from '#server/testing/person.ts'

let folder: string
beforeEach(async () => {
  // The mark of all that it starts, and where all its files are.
  folder = await mkdtemp(join(tmpdir(), 'studyhub-run-'))
})
afterEach(async () => {
  for (const pid of await alive()) process.kill(pid, 'SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

/** Processes that were started with our folder. */
async function alive(): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const ours = await Promise.all(
    pids.map(async (pid) => (await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')).includes(folder)),
  )
  return pids.filter((_, i) => ours[i]).map(Number)
}

/** `npm run cluster`, without the build of the web client, in a process group like that of a terminal. */
function cluster(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['ops/cluster.ts', ...args], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, RATE_FACTOR: '1000', ...env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const says = (line: RegExp) =>
    askUntil(
      () => said,
      (text) => line.test(text) || child.exitCode !== null,
      `${line}`,
      { limitMs: 240_000 },
    )
  return {
    says: async (line: RegExp) => expect(await says(line)).toMatch(line),
    said: () => said,
    ended,
    ctrlC: () => process.kill(-(child.pid ?? 0), 'SIGINT'),
  }
}

test('OPS-6: three nodes and a worker start with all their servers and tell their addresses; a node that was marked dead is started anew; Ctrl-C leaves no process and no file', async () => {
  const it = cluster(['--nodes', '3', '--workers', '1'])
  await it.says(/^StudyHub: http/m)
  expect(
    it.said().match(/^node [abc]: http:\/\/127\.0\.0\.1:\d+, for sockets http:\/\/127\.0\.0\.1:\d+\/n\/[abc]$/gm),
  ).toHaveLength(3)
  expect(it.said()).toMatch(/^worker 1 is up/m)
  expect(it.said()).toContain(`mails: ${folder}`)
  const url = /^StudyHub: (\S+)$/m.exec(it.said())?.[1] ?? ''
  const mina = await newPerson(url)
  const made = await mina.post('/api/rooms', { name: 'The first', kind: 'staying' })
  expect(made.status).toBe(201)
  const { roomId } = made.body as { roomId: string }
  const nodeOf = async (person: Person) => {
    const { status, body } = await person.post(`/api/rooms/${roomId}/enter`)
    return status === 200 ? (body as Entered).seat.publicAddress?.at(-1) : undefined
  }

  const owner = await nodeOf(mina)
  const pids = () =>
    [...it.said().matchAll(new RegExp(`^node ${owner} is up \\(pid (\\d+)\\)$`, 'gm'))].map((m) => m[1])
  const urlOf = (name: string) => new RegExp(`^node ${name}: (\\S+),`, 'm').exec(it.said())?.[1] ?? ''
  const [frozen] = pids()
  process.kill(Number(frozen), 'SIGSTOP')
  const elsewhere = new Person(urlOf(owner === 'a' ? 'b' : 'a'))
  elsewhere.cookie = mina.cookie
  await askUntil(
    () => nodeOf(elsewhere),
    (node) => node !== undefined && node !== owner,
    'its room on another node',
    { limitMs: 60_000, everyMs: 200 },
  )
  process.kill(Number(frozen), 'SIGCONT')
  await it.says(new RegExp(`^node ${owner} ended \\(75\\)$[^]*^node ${owner} is up`, 'm'))
  expect(pids()).toHaveLength(2)
  expect(pids()[1]).not.toBe(frozen)
  await askUntil(
    async () => (await fetch(`${urlOf(owner ?? '')}/readyz`)).ok,
    (ok) => ok,
    `node ${owner} ready again`,
    { limitMs: 60_000, everyMs: 200 },
  )

  it.ctrlC()
  expect(await it.ended).toBe(0)
  expect(await alive(), it.said()).toEqual([])
  expect(await readdir(folder), it.said()).toEqual([])
})

test('OPS-6: Ctrl-C while the servers start leaves nothing either', async () => {
  const it = cluster([])
  await it.says(/^starts redis/m)
  it.ctrlC()
  expect(await it.ended).toBe(0)
  expect(await alive(), it.said()).toEqual([])
  expect(await readdir(folder), it.said()).toEqual([])
})

test('OPS-6: servers of one’s own that nobody answers at are told, and nothing stays', async () => {
  const it = cluster(['--nodes', '1', '--workers', '1'], {
    ...{
      REDIS_URL: 'redis://127.0.0.1:1',
      KAFKA_BROKERS: '127.0.0.1:1',
      MYSQL_URL: 'mysql://x:y@127.0.0.1:1/studyhub',
    },
    ...{ MONGO_URL: 'mongodb://127.0.0.1:1/studyhub', S3_ENDPOINT: 'http://127.0.0.1:1', S3_BUCKET: 'studyhub' },
    ...{ S3_ACCESS_KEY_ID: 'x', S3_SECRET_ACCESS_KEY: 'y' },
  })
  expect(await it.ended).toBe(1)
  for (const name of ['REDIS_URL', 'KAFKA_BROKERS', 'MYSQL_URL', 'MONGO_URL', 'S3_ENDPOINT'])
    expect(it.said()).toContain(name)
  expect(await alive(), it.said()).toEqual([])
  expect(await readdir(folder), it.said()).toEqual([])
})

test.each([['0'], ['many'], ['21']])('OPS-6: %s nodes are refused before anything starts', async (nodes) => {
  const it = cluster(['--nodes', nodes])
  expect(await it.ended).toBe(1)
  expect(it.said()).toContain('--nodes and --workers take a number from 1 to 20')
  expect(it.said()).not.toContain('starts')
})
