import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { noFigures } from './mediaFigures.ts'
import { mediaGauges } from './mediaGauges.ts'

test('MEDIA-22: the figures are gauges under names of their own', async () => {
  const registry = new Registry()
  mediaGauges(registry, async () => ({ ...noFigures, consumers: 7, sentBitrate: 1_000, sentLoss: 0.25 }))
  const text = await registry.metrics()
  for (const line of [
    'studyhub_media_workers 0',
    'studyhub_media_consumers 7',
    'studyhub_media_sent_bits_per_second 1000',
    'studyhub_media_sent_loss_ratio 0.25',
  ])
    expect(text).toContain(`\n${line}\n`)
})
