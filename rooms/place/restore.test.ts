import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ledger, LedgerUnavailable } from '#persistence/ports/ledger.ts'
import { studyModel } from '#rooms/study/studyRules.ts'
import { openTestLedger } from '#rooms/testing/testLedger.ts'
import { restorePlace } from './restore.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await openTestLedger()
  await ledger.heartbeat('old')
  await ledger.heartbeat('new')
})
afterAll(() => ledger.close())

const founded = {
  owner: 'ana',
  ownerName: 'Ana',
  name: 'A room',
  kind: 'staying',
  level: 'free',
  tags: [],
  capacity: 5,
  notice: '',
  passwordHash: null,
}
let batches = 0
/** A place in which this has been committed by a node that has left it. */
async function left(place: string, type: string, version: number, data: object): Promise<void> {
  const claim = await ledger.claim(place, 'new')
  if ('owner' in claim) throw new Error('taken')
  const { epoch, version: expectedVersion } = claim
  const event = { id: `${place}${++batches}`, type, version, at: 1, actor: null, data }
  const batch = { place, epoch, expectedVersion, batchId: String(batches), events: [event] }
  expect(await ledger.append(batch)).toMatchObject({ ok: true })
  await ledger.release(place, epoch)
}
const restored = (place: string, node: string) => restorePlace(ledger, node, place, studyModel)

test('NODE-32: what a later release has added to events and snapshots is passed over', async () => {
  await left('added', 'room.created', 1, { ...founded, mood: 'bright', deep: { er: [1] } })
  const { place, claim } = await restored('added', 'old')
  expect(place.state.name).toBe('A room')
  const body = JSON.parse(studyModel.snapshot(place))
  body.state.mood = 'bright'
  body.state.timer.mood = { deep: 1 }
  body.hidden.mood = [['ana', 1]]
  body.later = true
  expect(await ledger.snapshot('added', claim.epoch, claim.version, JSON.stringify(body))).toBe(true)
  await ledger.release('added', claim.epoch)
  const again = await restored('added', 'old')
  expect(studyModel.snapshot(again.place)).toBe(studyModel.snapshot(place))
})

test.each([
  ['an event of a type that is not known', 'room.levitated', 1],
  ['an event in a form that is not known', 'room.created', 2],
])(
  'NODE-32 (I2): a place with %s is not taken up by halves, and a node that can read it gets it',
  async (what, type, version) => {
    await left(what, type, version, {})
    await expect(restored(what, 'old')).rejects.toThrow(/unknown/)
    expect(await ledger.claim(what, 'new')).toHaveProperty('epoch')
  },
)

test('NODE-32 (I2): so it is with a snapshot in a form that is not known', async () => {
  await left('form', 'room.created', 1, founded)
  const claim = await ledger.claim('form', 'new')
  if ('owner' in claim) throw new Error('taken')
  await ledger.snapshot('form', claim.epoch, claim.version, JSON.stringify({ form: 2, state: {}, hidden: {} }))
  await ledger.release('form', claim.epoch)
  await expect(restored('form', 'old')).rejects.toThrow(/form/)
  expect(await ledger.claim('form', 'new')).toHaveProperty('epoch')
})

test('NODE-32: why a place was not taken up is told also when it could not be given up again', async () => {
  await left('why', 'room.levitated', 1, {})
  const away = {
    ...ledger,
    release: async () => {
      throw new LedgerUnavailable('away')
    },
  }
  await expect(restorePlace(away, 'old', 'why', studyModel)).rejects.toThrow(/unknown/)
})
