import { expect, test } from 'vitest'
import { StoreUnavailable } from '../ports/storeUnavailable.ts'
import { onceMore } from './onceMore.ts'

test('SERVER-41: a store that is away at the first question is asked a second time, and no third; what it answers stays', async () => {
  const asked = async (...answers: (Error | number)[]) => {
    let times = 0
    const answer = onceMore(async () => {
      const next = answers[times++]
      if (next instanceof Error) throw next
      return next
    })
    return [await answer.catch((error: Error) => error.message), times]
  }
  expect(await asked(1)).toEqual([1, 1])
  expect(await asked(new StoreUnavailable('slow'), 2)).toEqual([2, 2])
  expect(await asked(new StoreUnavailable('slow'), new StoreUnavailable('away'), 3)).toEqual(['away', 2])
  expect(await asked(new Error('no such bucket'), 2)).toEqual(['no such bucket', 1])
})
