import type { MysqlPool } from 'kysely'
import { createPool, type Pool, type PoolConnection } from 'mysql2'
import { StoreUnavailable } from '../ports/storeUnavailable.ts'
import { awayOr, DatabaseTooSlow, LimitedConnection, optionsOf } from './mysqlConnection.ts'

export type MysqlLimits = {
  /** A query that takes longer is ended on the server; a server that does not even do that loses the connection. */
  readonly queryMs: number
  /** Longest wait for a free connection. */
  readonly waitMs: number
  readonly connections: number
  /** More than so many that wait for a connection are refused at once. */
  readonly waiting: number
}

export const usualLimits: MysqlLimits = { queryMs: 5_000, waitMs: 2_000, connections: 16, waiting: 500 }

/**
 * What every connection says before its first query, in one question: when a node dies the others open theirs just when everybody
 * comes back. Without READ COMMITTED locking reads also lock gaps, and two that each insert what they have not found end each
 * other; without the modes MySQL cuts what is too long instead of refusing it.
 */
const SESSION = `set names utf8mb4 collate utf8mb4_0900_bin, session transaction_isolation = 'READ-COMMITTED',
   time_zone = '+00:00', innodb_lock_wait_timeout = 3,
   sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`

type Waiter = { readonly resolve: (connection: LimitedConnection) => void; readonly reject: (error: Error) => void }

/**
 * A pool for kysely in which nothing waits without end: not for a connection, not for an answer. Who waits for a connection gets the
 * first that is free, whoever had it opened: on a busy machine opening one takes seconds, and meanwhile others come back.
 */
export function mysqlPool(uri: string, limits: MysqlLimits): MysqlPool {
  const pool = createPool({ ...optionsOf(uri), connectionLimit: limits.connections })
  // The same object for the same connection: kysely keeps what it knows of one by it.
  const known = new WeakMap<PoolConnection, LimitedConnection>()
  const waiting: Waiter[] = []
  /** Connections that were asked for and have not come: as many as wait, up to all there may be. */
  let coming = 0

  const handOver = (connection: LimitedConnection): boolean => {
    const first = waiting.shift()
    first?.resolve(connection)
    return first !== undefined
  }
  async function prepared(): Promise<LimitedConnection> {
    const raw = await acquire(pool)
    const there = known.get(raw)
    if (there) return there
    const made = new LimitedConnection(raw, uri, limits.queryMs, handOver)
    try {
      await made.run(SESSION)
    } catch (error) {
      raw.destroy()
      throw error
    }
    known.set(raw, made)
    return made
  }
  async function bring(): Promise<void> {
    coming++
    try {
      const connection = await prepared()
      coming--
      connection.release()
    } catch (error) {
      coming--
      // Where more have been asked for than wait, another one comes.
      if (waiting.length > coming) waiting.shift()?.reject(error as Error)
    }
    bringMore()
  }
  const bringMore = () => {
    while (coming < Math.min(waiting.length, limits.connections)) void bring()
  }

  function connection(): Promise<LimitedConnection> {
    if (waiting.length >= limits.waiting)
      return Promise.reject(new StoreUnavailable(`${limits.waiting} wait for a database connection already`))
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        resolve(found) {
          clearTimeout(timer)
          resolve(found)
        },
        reject(error) {
          clearTimeout(timer)
          reject(error)
        },
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(waiter), 1)
        reject(new DatabaseTooSlow(`no database connection in ${limits.waitMs} ms`))
      }, limits.waitMs)
      waiting.push(waiter)
      bringMore()
    })
  }

  return {
    getConnection(done) {
      connection().then(
        (found) => done(undefined, found),
        // kysely's type wants a connection beside an error; it looks at none then.
        (error) => done(error, undefined as never),
      )
    },
    end: (done) => pool.end(done),
  }
}

const acquire = (pool: Pool): Promise<PoolConnection> =>
  new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => (error ? reject(awayOr(error)) : resolve(connection)))
  })
