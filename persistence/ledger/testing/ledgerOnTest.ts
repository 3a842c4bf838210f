import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Draft } from '#schemas/events/envelope.ts'
import type { Appended, Claimed, Ledger } from '../../ports/ledger.ts'

export type LedgerUnderTest = {
  readonly ledger: Ledger
  /** Kills the server without a warning, starts it again on the same data, and connects anew. */
  reopen(): Promise<Ledger>
  close(): Promise<void>
}
export type OpenLedger = () => Promise<LedgerUnderTest>

/** One ledger for all tests, with a place that nobody has and a node that beats: new ones for each test, so a shared server may be used. */
export class LedgerOnTest {
  place = ''
  node = ''
  ledger!: Ledger
  readonly reopen: () => Promise<void>

  constructor(open: OpenLedger) {
    let under: LedgerUnderTest
    beforeAll(async () => {
      under = await open()
      this.ledger = under.ledger
    })
    beforeEach(async () => {
      this.place = randomUUID()
      this.node = randomUUID()
      await this.ledger.heartbeat(this.node)
    })
    afterAll(() => under.close())
    this.reopen = async () => {
      this.ledger = await under.reopen()
    }
  }

  async claimed(by = this.node, of = this.place): Promise<Claimed> {
    const claim = await this.ledger.claim(of, by)
    if ('owner' in claim) throw new Error(`owned by ${claim.owner}`)
    return claim
  }

  append(epoch: number, expectedVersion: number, events: Draft[], batchId: string = randomUUID()): Promise<Appended> {
    return this.ledger.append({ place: this.place, epoch, expectedVersion, batchId, events })
  }

  /** Claims, and brings the place to version `count`. */
  async started(count: number): Promise<number> {
    const { epoch } = await this.claimed()
    must(await this.append(epoch, 0, drafts(count)))
    return epoch
  }
}

export const draft = (data: unknown = {}): Draft => ({
  id: randomUUID(),
  type: 'test.happened',
  version: 1,
  at: 1_000,
  actor: 'u1',
  data,
})
export const drafts = (count: number): Draft[] => Array.from({ length: count }, (_, i) => draft({ i }))

export function must(appended: Appended) {
  if (!appended.ok) throw new Error(appended.why)
  return appended
}
