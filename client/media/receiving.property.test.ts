import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MediaSource } from '#schemas/media/sources.ts'
import { promises } from '../testing/handTimers.ts'
import { mediaScene } from '../testing/mediaScene.ts'

const RUNS = Number(process.env['RUNS'] ?? 60)
const sources = ['microphone', 'camera'] as const
const users = ['ann', 'bob'] as const

type Step =
  | { do: 'publish'; userId: string; source: MediaSource }
  | { do: 'unpublish'; userId: string; source: MediaSource; told: boolean }
  | { do: 'show' }
  | { do: 'answer'; which: number }
  | { do: 'refuse'; times: number }
  | { do: 'closeConsumer'; which: number }
  | { do: 'wait'; ms: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('publish' as const),
    userId: fc.constantFrom(...users),
    source: fc.constantFrom(...sources),
  }),
  fc.record({
    do: fc.constant('unpublish' as const),
    userId: fc.constantFrom(...users),
    source: fc.constantFrom(...sources),
    told: fc.boolean(),
  }),
  fc.record({ do: fc.constant('show' as const) }),
  fc.record({ do: fc.constant('answer' as const), which: fc.nat(3) }),
  fc.record({ do: fc.constant('refuse' as const), times: fc.integer({ min: 1, max: 2 }) }),
  fc.record({ do: fc.constant('closeConsumer' as const), which: fc.nat(3) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(0, 250, 2_000) }),
)

test('MCLIENT-3: in whatever order patches, answers and events come, it ends with the consumers that state names', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { model, media, timers, view } = mediaScene(...users)
      await media.join()
      let waiting: (() => void)[] = []
      let refusals = 0
      model.gate = () => new Promise((go) => waiting.push(go))
      model.refuse = (type) => (type === 'media.consume' && refusals-- > 0 ? { refused: 'unavailable' } : null)
      for (const s of steps) {
        if (s.do === 'publish') model.publishUnseen(s.userId, s.source)
        else if (s.do === 'unpublish') {
          const gone = model.unpublishUnseen(s.userId, s.source)
          if (s.told) for (const consumer of gone) model.push({ kind: 'consumerClosed', consumer })
        } else if (s.do === 'show') model.show()
        else if (s.do === 'answer') waiting.splice(s.which % Math.max(1, waiting.length), 1)[0]?.()
        else if (s.do === 'refuse') refusals = s.times
        else if (s.do === 'wait') await timers.advance(s.ms)
        else {
          // The SFU closes one though its producer lives.
          const [consumer] = [...model.consumers.keys()].slice(s.which)
          if (consumer && model.consumers.delete(consumer)) model.push({ kind: 'consumerClosed', consumer })
        }
        await promises()
      }
      model.gate = async () => {}
      refusals = 0
      model.show()
      for (let i = 0; i < 4; i++) {
        for (const go of waiting) go()
        waiting = []
        await timers.advance(40_000)
      }
      expect(new Set(model.consumers.values())).toEqual(new Set(model.live))
      expect(model.consumers.size).toBe(model.live.length)
      const shown = view().remote.filter(({ source }) => source === 'microphone')
      expect(view().remote).toHaveLength(model.live.length)
      expect(shown.every(({ track }) => track?.readyState === 'live')).toBe(true)
      // Every microphone is let go on; no camera is looked at.
      for (const [consumer, asked] of model.settings)
        if (model.consumers.has(consumer)) expect(asked).toEqual({ paused: false })
      media.close()
    }),
    { numRuns: RUNS },
  )
})
