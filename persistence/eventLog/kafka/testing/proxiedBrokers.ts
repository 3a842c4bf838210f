import { readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { somePort } from '../../../../ops/lane.ts'
import { startServer } from '../../../../ops/servers/startServer.ts'
import { type FaultProxy, faultProxy } from '../../../testing/faultProxy.ts'

const COUNT = 3

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** The first of three free ports in a row. */
async function freeRow(): Promise<number> {
  const first = somePort(21_000, 9000)
  const free = await Promise.all(Array.from({ length: COUNT }, (_, i) => isFree(first + i)))
  return free.every(Boolean) ? first : freeRow()
}

/** Three real brokers, each of which clients reach only through a proxy that can fail. */
export async function proxiedBrokers() {
  const seen = await freeRow()
  const server = await startServer('kafka', '--brokers', String(COUNT), '--advertise', String(seen))
  const described = await readFile(join(server.stopCommand.run, 'cluster'), 'utf8')
  const port = Number(/\bport="?(\d+)/.exec(described)?.[1])
  const proxies: FaultProxy[] = []
  for (let i = 0; i < COUNT; i++) proxies.push(await faultProxy(port + i, seen + i))
  return {
    server,
    proxies,
    brokers: proxies.map(({ port: seenAt }) => `127.0.0.1:${seenAt}`),
    async stop() {
      await Promise.all(proxies.map((proxy) => proxy.close()))
      await server.run('stop', '-9')
      await rm(server.stopCommand.run, { recursive: true, force: true })
    },
  }
}
