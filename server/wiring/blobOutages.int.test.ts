import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FaultProxy, faultProxy } from '#persistence/testing/faultProxy.ts'
import type { ErrorBody } from '#schemas/api/errors.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { newPerson, type Person } from '#server/testing/person.ts'
import { picture, uploadTo } from '#server/testing/upload.ts'
import { type RealServer, startServer } from '../../ops/servers/startServer.ts'

let s3: RealServer
let proxy: FaultProxy
let node: InProcess
let mina: Person
beforeAll(async () => {
  s3 = await startServer('s3')
  proxy = await faultProxy(Number(new URL(s3.settings['S3_ENDPOINT'] ?? '').port))
  node = await inProcess({ ...s3.settings, S3_ENDPOINT: `http://127.0.0.1:${proxy.port}` })
  mina = await newPerson(node.url)
})
afterAll(async () => {
  await node.stop()
  await proxy.close()
  await s3.stop()
})

const IMAGE = '/api/me/image'
const upload = async (colour: string) => uploadTo<Partial<ErrorBody>>(mina, IMAGE, await picture(colour))
const imageNow = async () => ((await mina.get('/api/me')).body as { image: string | null }).image
const seen = async (image: string) => (await fetch(`${node.url}/avatars/${image}`)).status

/** Files of its bucket. */
async function objects(): Promise<string[]> {
  const run = s3.stopCommand.run
  const [folder = ''] = (await readdir(run)).filter((name) => /^s3-\d+$/.test(name))
  const root = join(run, folder, 'data', s3.settings['S3_BUCKET'] ?? '')
  const files = await readdir(root, { recursive: true, withFileTypes: true })
  return files.filter((it) => it.isFile() && /(^|\/)avatar$/.test(it.parentPath)).map((it) => it.name)
}

/** The server's disk takes files of so many bytes and no longer ones, as a full one does. */
async function diskTakes(bytes: number | 'unlimited'): Promise<void> {
  const run = s3.stopCommand.run
  const [folder = ''] = (await readdir(run)).filter((name) => /^s3-\d+$/.test(name))
  const pid = (await readFile(join(run, folder, 's3.pid'), 'utf8')).trim()
  await promisify(execFile)('prlimit', ['--pid', pid, `--fsize=${bytes}:unlimited`])
}

async function goesAway(): Promise<void> {
  proxy.refuse(true)
  proxy.cut()
}

test.each([
  ['too slow', async () => proxy.slow(2500), async () => proxy.slow(0)],
  ['broken off in the middle', async () => proxy.swallowAnswers(true), async () => proxy.swallowAnswers(false)],
  ['away', goesAway, async () => proxy.refuse(false)],
  ['full', () => diskTakes(64), () => diskTakes('unlimited')],
])(
  'SERVER-46 (I5, C8): with a blob store that is %s an upload is refused with its reason, and what was there stays',
  async (_, begin, end) => {
    expect((await upload('#336699')).status).toBe(200)
    const before = await imageNow()
    if (before === null) throw new Error('no image')
    await begin()
    const from = performance.now()
    const refused = await upload('#993366')
    expect([refused.status, refused.body.error?.code]).toEqual([503, 'unavailable'])
    expect(performance.now() - from).toBeLessThan(30_000)
    expect(await imageNow()).toBe(before)
    await end()
    expect(await seen(before)).toBe(200)
    expect(await seen(`${before}-s`)).toBe(200)
    // Whoever tries again gets through, and nothing points to what is not there.
    expect((await upload('#663399')).status).toBe(200)
    const after = await imageNow()
    expect(after).not.toBe(before)
    expect(await objects()).toEqual(expect.arrayContaining([after, `${after}-s`]))
    expect(await seen(String(after))).toBe(200)
  },
)
