import { Gauge, type Registry } from 'prom-client'

/** How far each read model is behind the log, asked whenever somebody looks. */
export function lagGauge(registry: Registry, lags: () => Promise<Readonly<Record<string, number>>>): void {
  new Gauge({
    name: 'studyhub_read_model_lag',
    help: 'Committed events that a read model has not handled yet',
    labelNames: ['group'],
    registers: [registry],
    async collect() {
      for (const [group, lag] of Object.entries(await lags())) this.set({ group }, lag)
    },
  })
}
