import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { lagGauge } from '../process/lagGauge.ts'
import { type Queues, queueGauges } from '../process/queueGauges.ts'

export type WorkerHttpDeps = {
  readonly host: string
  readonly port: number
  /** Null: it works. Otherwise what is missing. */
  missing(): string | null
  lags(): Promise<Readonly<Record<string, number>>>
  readonly queues: Queues
}

/** Health, readiness and metrics of a worker, for machines that watch it. Resolves when it listens. */
export async function workerHttp({
  host,
  port,
  missing,
  lags,
  queues,
}: WorkerHttpDeps): Promise<{ readonly port: number; close(): void }> {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  queueGauges(registry, queues)
  lagGauge(registry, lags)
  const say = (res: ServerResponse, status: number, body: string, type = 'application/json') =>
    void res.writeHead(status, { 'content-type': type }).end(body)
  const answers: Record<string, (res: ServerResponse) => unknown> = {
    '/healthz': (res) => say(res, 200, '{"ok":true}'),
    '/readyz': (res) => {
      const why = missing()
      say(res, why === null ? 200 : 503, JSON.stringify(why === null ? { ready: true } : { ready: false, why }))
    },
    '/metrics': async (res) => say(res, 200, await registry.metrics(), registry.contentType),
  }
  const server = createServer((req, res) => {
    const answer = req.method === 'GET' ? answers[req.url ?? ''] : undefined
    if (answer) void Promise.resolve(answer(res)).catch(() => say(res, 500, '{}'))
    else say(res, 404, '{}')
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const { port: bound } = server.address() as AddressInfo
  return {
    port: bound,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
