import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { lagGauge } from '#persistence/process/lagGauge.ts'
import { type Queues, queueGauges } from '#persistence/process/queueGauges.ts'
import type { Places } from '#rooms/places.ts'
import type { ReadModels } from '#server/api/apiDeps.ts'

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/**
 * How often the event loop's delay is looked at: each look wakes the process, and at the usual 10 ms that was most of what a
 * thousand idle rooms cost. Node's histogram counts from look to look, so an idle loop shows this much, and a stall what it
 * took on top.
 */
const LOOP_EVERY_MS = 100

/** This node in numbers, for Prometheus. The defaults include the event loop's delay and memory. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_EVERY_MS })
  const http = new Histogram({
    name: 'studyhub_http_seconds',
    help: 'Time to answer an HTTP request',
    labelNames: ['method', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
  const ledger = new Histogram({
    name: 'studyhub_ledger_seconds',
    help: 'Time of a call of the ledger; append is the commit of a turn',
    labelNames: ['call'],
    buckets: SECONDS,
    registers: [registry],
  })
  return {
    registry,
    httpAnswered: (method: string, status: number, ms: number) =>
      http.observe({ method, status: `${Math.floor(status / 100)}xx` }, ms / 1000),
    ledgerAnswered: (call: string, ms: number) => ledger.observe({ call }, ms / 1000),
    watch(node: string, places: Pick<Places, 'counts'>, readModels: Pick<ReadModels, 'lag'>, queues: Queues) {
      queueGauges(registry, queues)
      new Gauge({
        name: 'studyhub_node_info',
        help: 'The name under which the ledger knows this process',
        labelNames: ['node'],
        registers: [registry],
      }).set({ node }, 1)
      for (const what of ['rooms', 'members', 'connections'] as const)
        new Gauge({
          name: `studyhub_${what}`,
          help: `Live ${what} of this node`,
          registers: [registry],
          collect() {
            this.set(places.counts()[what])
          },
        })
      lagGauge(registry, () => readModels.lag())
    },
  }
}
export type Metrics = ReturnType<typeof createMetrics>
