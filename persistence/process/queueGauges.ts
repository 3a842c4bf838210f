import { Gauge, type Registry } from 'prom-client'

/** What waits in a bounded queue, and how much may. */
export type Queue = { readonly waiting: number; readonly most: number }
export type Queues = () => Readonly<Record<string, Queue>>

/** Each queue's length beside its bound, so that both can be watched. */
export function queueGauges(registry: Registry, queues: Queues): void {
  const gauge = (name: string, help: string, of: (queue: Queue) => number) =>
    new Gauge({
      ...{ name, help, labelNames: ['queue'], registers: [registry] },
      collect() {
        for (const [queue, state] of Object.entries(queues())) this.set({ queue }, of(state))
      },
    })
  gauge('studyhub_queue_waiting', 'What waits in a bounded queue', ({ waiting }) => waiting)
  gauge('studyhub_queue_limit', 'How much may wait in it', ({ most }) => most)
}
