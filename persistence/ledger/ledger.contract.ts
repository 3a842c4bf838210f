import { describe } from 'vitest'
import { eventsContract } from './contract/events.contract.ts'
import { generationsContract } from './contract/generations.contract.ts'
import { nodesContract } from './contract/nodes.contract.ts'
import { placesContract } from './contract/places.contract.ts'
import { usersContract } from './contract/users.contract.ts'
import { LedgerOnTest, type OpenLedger } from './testing/ledgerOnTest.ts'

/** What every ledger guarantees. */
export function ledgerContract(name: string, open: OpenLedger): void {
  describe(`ledger contract: ${name}`, () => {
    const on = new LedgerOnTest(open)
    nodesContract(on)
    placesContract(on)
    eventsContract(on)
    usersContract(on)
    generationsContract(on)
  })
}
