import { getAdapter } from 'better-auth/db/adapter'
import type { Transaction } from 'kysely'
import { engineOf } from '#persistence/database/dialect.ts'
import type { AccountTables } from './accountTables.ts'
import type { Auth } from './createAuth.ts'

/** The library's own adapter on our transaction: it writes its rows in the form it reads them, and they are undone with ours. */
export const adapterOn = (auth: Auth, trx: Transaction<AccountTables>) =>
  getAdapter({ ...auth.options, database: { db: joined(trx), type: engineOf(trx) } })

/** On MySQL it opens a transaction to read what it has just inserted: that is the one it is in. */
function joined(trx: Transaction<AccountTables>): Transaction<AccountTables> {
  return new Proxy(trx, {
    get(target, name) {
      if (name === 'transaction') return () => ({ execute: <T>(work: (own: typeof trx) => Promise<T>) => work(target) })
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
