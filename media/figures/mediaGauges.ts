import { Gauge, type Registry } from 'prom-client'
import type { MediaFigures } from './mediaFigures.ts'

const help: Readonly<Record<keyof MediaFigures, readonly [name: string, help: string]>> = {
  workers: ['workers', 'Media workers that live'],
  workerDeaths: ['worker_deaths', 'Media workers that died since the start'],
  peers: ['peers', 'Connections in the media of a room'],
  routers: ['routers', 'Routers of mediasoup'],
  transports: ['transports', 'WebRTC transports'],
  producers: ['producers', 'Streams that clients send'],
  consumers: ['consumers', 'Streams that clients are sent'],
  receivedBitrate: ['received_bits_per_second', 'What clients send'],
  sentBitrate: ['sent_bits_per_second', 'What clients are sent'],
  receivedLoss: ['received_loss_ratio', 'Share of packets lost on the way here'],
  sentLoss: ['sent_loss_ratio', 'Share of packets lost on the way to clients'],
  cpuSeconds: ['worker_cpu_seconds', 'CPU time of the living workers'],
  memoryBytes: ['worker_memory_bytes', 'Greatest memory of the living workers'],
}

/** The media's figures for Prometheus, as `studyhub_media_…`. */
export function mediaGauges(registry: Registry, figures: () => Promise<MediaFigures>): void {
  for (const kind of Object.keys(help) as (keyof MediaFigures)[]) {
    const [name, text] = help[kind]
    new Gauge({
      ...{ name: `studyhub_media_${name}`, help: text, registers: [registry] },
      async collect() {
        this.set((await figures())[kind])
      },
    })
  }
}
