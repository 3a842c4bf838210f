import type { MysqlPool, MysqlPoolConnection, MysqlQueryResult } from 'kysely'
import {
  createConnection,
  createPool,
  type Pool,
  type PoolConnection,
  type PoolOptions,
  type QueryValues,
} from 'mysql2'
import { StoreUnavailable } from '../ports/storeUnavailable.ts'
import { isContention } from './dialect.ts'

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

const CONNECT_MS = 2_000
/** How long after its end was asked for a query may still take to end. */
const GRACE_MS = 1_000

/** The database did not answer in time. */
export class DatabaseTooSlow extends StoreUnavailable {
  override readonly name = 'DatabaseTooSlow'
}

/**
 * What every connection says before its first query, in one question: when a node dies the others open theirs just when everybody
 * comes back. Without READ COMMITTED locking reads also lock gaps, and two that each insert what they have not found end each
 * other; without the modes MySQL cuts what is too long instead of refusing it.
 */
const SESSION = `set names utf8mb4 collate utf8mb4_0900_bin, session transaction_isolation = 'READ-COMMITTED',
   time_zone = '+00:00', innodb_lock_wait_timeout = 3,
   sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`

/** mysql2's options for a URL. An object as a parameter would become SQL; FOUND_ROWS, which is on, makes compare-and-set work. */
const optionsOf = (uri: string) => ({
  uri,
  connectTimeout: CONNECT_MS,
  timezone: 'Z',
  supportBigNumbers: true,
  jsonStrings: true,
  stringifyObjects: true,
  charset: 'utf8mb4',
})

/** A pool for kysely in which nothing waits without end: not for a connection, not for an answer. */
export function mysqlPool(uri: string, limits: MysqlLimits): MysqlPool {
  const options: PoolOptions = { ...optionsOf(uri), connectionLimit: limits.connections, queueLimit: limits.waiting }
  const pool = createPool(options)
  // The same object for the same connection: kysely keeps what it knows of one by it.
  const known = new WeakMap<PoolConnection, LimitedConnection>()
  const prepare = async (raw: PoolConnection): Promise<LimitedConnection> => {
    const made = new LimitedConnection(raw, uri, limits.queryMs)
    await made.run(SESSION)
    known.set(raw, made)
    return made
  }
  return {
    getConnection(done) {
      const ready = acquire(pool, limits.waitMs).then(async (raw) => {
        try {
          return known.get(raw) ?? (await prepare(raw))
        } catch (error) {
          raw.destroy()
          throw error
        }
      })
      ready.then(
        (connection) => done(undefined, connection),
        // kysely's type wants a connection beside an error; it looks at none then.
        (error) => done(error, undefined as never),
      )
    },
    end: (done) => pool.end(done),
  }
}

/** A connection that comes after the wait was given up goes back to the others. */
function acquire(pool: Pool, waitMs: number): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    let given = false
    const timer = setTimeout(() => {
      given = true
      reject(new DatabaseTooSlow(`no database connection in ${waitMs} ms`))
    }, waitMs)
    pool.getConnection((error, connection) => {
      clearTimeout(timer)
      if (given) connection?.release()
      else if (error) reject(awayOr(error))
      else resolve(connection)
    })
  })
}

/** What a server says that has no room, is stopping, or has ended the connection. */
const LEAVING = new Set<unknown>([1040, 1053, 1077, 1079, 1927])

/** What no server has answered, or one that is leaving, is an outage; every other answer stays as it is. */
function awayOr(error: unknown): Error {
  const { sqlState, errno, code, message } = error as {
    sqlState?: unknown
    errno?: unknown
    code?: unknown
    message?: string
  }
  if (error instanceof Error && typeof sqlState === 'string' && sqlState !== '' && !LEAVING.has(errno)) return error
  return new StoreUnavailable(`the database is away (${String(code ?? message)})`, { cause: error })
}

type Done = (error: unknown, result: MysqlQueryResult) => void

/** A connection whose queries end within their time, and whose single statements are tried again after a deadlock. */
class LimitedConnection implements MysqlPoolConnection {
  readonly #raw: PoolConnection
  readonly #uri: string
  readonly #queryMs: number
  #inTransaction = false
  #broken: Error | null = null

  constructor(raw: PoolConnection, uri: string, queryMs: number) {
    this.#raw = raw
    this.#uri = uri
    this.#queryMs = queryMs
  }
  get config() {
    return this.#raw.config
  }
  get threadId() {
    return this.#raw.threadId ?? 0
  }
  connect() {}
  destroy() {
    this.#raw.destroy()
  }
  /** A connection on which a transaction was left open is not given to anybody else. */
  release() {
    if (this.#inTransaction && !this.#broken) this.#raw.destroy()
    else if (!this.#broken) this.#raw.release()
  }

  query(text: string, parameters: readonly unknown[], done?: Done) {
    if (!done) throw new Error('results are not streamed from MySQL')
    this.run(text, parameters).then(
      (result) => done(null, result),
      (error) => done(error, []),
    )
    return { stream: unstreamed }
  }

  /** Rejects with `DatabaseTooSlow` at the time limit. Outside a transaction a deadlock undid this statement only: once more. */
  async run(text: string, parameters: readonly unknown[] = []): Promise<MysqlQueryResult> {
    const giveUpAt = performance.now() + this.#queryMs
    for (;;) {
      try {
        const result = await this.#once(text, parameters)
        if (text === 'begin') this.#inTransaction = true
        else if (text === 'commit' || text === 'rollback') this.#inTransaction = false
        return result
      } catch (error) {
        if (this.#inTransaction || performance.now() > giveUpAt || !isContention(error)) throw error
      }
    }
  }

  #once(text: string, parameters: readonly unknown[]): Promise<MysqlQueryResult> {
    if (this.#broken) return Promise.reject(this.#broken)
    return new Promise((resolve, reject) => {
      let late: DatabaseTooSlow | null = null
      let grace: NodeJS.Timeout | undefined
      let ended: Promise<void> | undefined
      const timer = setTimeout(() => {
        late = new DatabaseTooSlow(`no answer of the database in ${this.#queryMs} ms`)
        grace = setTimeout(() => {
          this.#broken = late
          this.#raw.destroy()
          reject(late)
        }, GRACE_MS)
        ended = this.#endQuery()
      }, this.#queryMs)
      this.#raw.query(text, parameters as QueryValues, (error, result) => {
        clearTimeout(timer)
        if (error && 'fatal' in error && error.fatal === true) this.#broken = awayOr(error)
        const answer = () => {
          clearTimeout(grace)
          if (late ?? error) reject(late ?? awayOr(error))
          else resolve(result as MysqlQueryResult)
        }
        // An end that is still on its way would end the next query here.
        if (ended) void ended.then(answer)
        else answer()
      })
    })
  }

  /** Asks the server, on a connection of its own, to end what this one runs. A failure is the grace timer's to answer. */
  #endQuery(): Promise<void> {
    return new Promise((resolve) => {
      const other = createConnection({ ...optionsOf(this.#uri), connectTimeout: GRACE_MS })
      const end = () => {
        other.destroy()
        resolve()
      }
      other.once('error', end)
      other.query('kill query ?', [this.threadId], end)
    })
  }
}

const unstreamed = (): never => {
  throw new Error('results are not streamed from MySQL')
}
