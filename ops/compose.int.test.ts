import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { readWorkerSettings } from '#persistence/worker/readWorkerSettings.ts'
import { readSettings } from '#server/config/readSettings.ts'

type Port = {
  readonly host_ip?: string
  readonly target: number
  readonly published: string
  readonly protocol: string
}
type Service = {
  readonly image: string
  readonly command: readonly string[] | null
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly { readonly type: string; readonly source: string }[]
  readonly ports?: readonly Port[]
  readonly healthcheck?: unknown
}

const here = import.meta.dirname
const read = (file: string) => readFile(join(here, file), 'utf8')
const SECRET = 'x'.repeat(32)

/** The file as Docker Compose itself reads it. */
async function config(env: Readonly<Record<string, string>>): Promise<Readonly<Record<string, Service>>> {
  const args = ['config', join(here, 'compose.yaml'), '--format', 'json']
  const { SECRET: _, ...ours } = process.env
  const { stdout } = await promisify(execFile)(join(here, 'servers/compose.sh'), args, { env: { ...ours, ...env } })
  return JSON.parse(stdout).services
}

test('OPS-5: Docker Compose takes the file: two nodes, two workers, their servers, a proxy, Prometheus; not without a secret', async () => {
  const services = await config({ SECRET })
  expect(Object.keys(services).sort()).toEqual(
    [
      'kafka',
      'mongo',
      'mysql',
      'node-a',
      'node-b',
      'prometheus',
      'proxy',
      'redis',
      's3',
      'worker-1',
      'worker-2',
    ].sort(),
  )
  await expect(config({})).rejects.toThrow(/SECRET/)
})

test('OPS-5: what it gives nodes and workers are settings that they take', async () => {
  const { 'node-a': a, 'node-b': b, 'worker-1': worker } = await config({ SECRET })
  const nodes = [a, b].map((it) => readSettings(it?.environment ?? {}))
  expect(nodes.map((it) => it.cluster?.publicAddress)).toEqual(['localhost:8080/n/a', 'localhost:8080/n/b'])
  expect(readWorkerSettings(worker?.environment ?? {})).toBeTruthy()
  expect(worker?.command).toEqual(['node', 'persistence/main.ts'])
})

test('OPS-5: each node has a media worker, whose ports are published under their own numbers', async () => {
  const services = await config({ SECRET })
  for (const node of [services['node-a'], services['node-b']]) {
    const media = readSettings(node?.environment ?? {}).media
    expect(media?.announcedAddress).toBe('127.0.0.1')
    const { workers, portBase } = media ?? { workers: 0, portBase: 0 }
    const own = Array.from({ length: workers }, (_, i) => portBase + i)
    const wanted = own.flatMap((port) => ['tcp', 'udp'].map((protocol) => `${port}:${port}/${protocol}`))
    const given = (node?.ports ?? []).map((it) => `${it.published}:${it.target}/${it.protocol}`)
    expect(given.sort()).toEqual(wanted.sort())
  }
  const dockerfile = await read('Dockerfile')
  const built = /RUN \/recipe\/build\.sh \/mediasoup (\S+)/.exec(dockerfile)?.[1]
  const used = /MEDIASOUP_WORKER_BIN=(\S+)/.exec(dockerfile)?.[1]
  expect(dockerfile).toContain(`COPY --from=media-worker ${built} ${used}\n`)
})

test('OPS-5: its servers are of the versions that the tests run on; what it publishes is on loopback, what it mounts is there', async () => {
  const services = await config({ SECRET })
  const pinned = async (script: string, at: RegExp) => at.exec(await read(`servers/${script}.sh`))?.[1]
  const kafka = await pinned('kafka', /KAFKA_VERSION:-([\d.]+)/)
  const s3 = await pinned('s3', /^VERSION=(v[\d.]+)/m)
  expect(services['kafka']?.image).toBe(`apache/kafka:${kafka}`)
  expect(services['s3']?.image).toBe(`versity/versitygw:${s3}`)
  for (const it of Object.values(services)) {
    expect(it.image).toMatch(/^studyhub$|:v?\d+\.\d+/)
    for (const port of it.ports ?? []) expect(port.host_ip).toBe('127.0.0.1')
    for (const { type, source } of it.volumes ?? []) if (type === 'bind') expect(await readFile(source)).toBeTruthy()
    if (it.build) expect(await readFile(join(it.build.context, it.build.dockerfile))).toBeTruthy()
  }
})
