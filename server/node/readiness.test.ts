import { expect, test } from 'vitest'
import { type Generation, LedgerUnavailable } from '#persistence/ports/ledger.ts'
import { readiness } from './readiness.ts'

test('SERVER-13: a node is ready when rooms can be claimed, and stays so while a ledger that came back is restored', async () => {
  let state: Generation['state'] = 'owners'
  let away = false
  let stopping = false
  const answer = async <T>(value: T) => {
    if (away) throw new LedgerUnavailable('away')
    return value
  }
  const ready = readiness(
    { now: () => answer(1), generation: () => answer({ id: 1, since: 0, state }) },
    () => stopping,
  )
  expect(await ready()).toEqual({ ready: false, why: 'restoring' })
  state = 'archive'
  expect(await ready()).toEqual({ ready: false, why: 'restoring' })
  state = 'open'
  expect(await ready()).toEqual({ ready: true })
  state = 'owners'
  expect(await ready()).toEqual({ ready: true })
  away = true
  expect(await ready()).toEqual({ ready: false, why: 'ledger' })
  away = false
  expect(await ready()).toEqual({ ready: true })
  stopping = true
  expect(await ready()).toEqual({ ready: false, why: 'draining' })
})
