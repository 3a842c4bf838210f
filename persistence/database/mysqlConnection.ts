import type { MysqlPoolConnection, MysqlQueryResult } from 'kysely'
import { createConnection, type PoolConnection, type QueryValues } from 'mysql2'
import { StoreUnavailable } from '../ports/storeUnavailable.ts'
import { isContention } from './dialect.ts'

const CONNECT_MS = 2_000
/** How long after its end was asked for a query may still take to end. */
const GRACE_MS = 1_000

/** The database did not answer in time. */
export class DatabaseTooSlow extends StoreUnavailable {
  override readonly name = 'DatabaseTooSlow'
}

/** mysql2's options for a URL. An object as a parameter would become SQL; FOUND_ROWS, which is on, makes compare-and-set work. */
export const optionsOf = (uri: string) => ({
  uri,
  connectTimeout: CONNECT_MS,
  timezone: 'Z',
  supportBigNumbers: true,
  jsonStrings: true,
  stringifyObjects: true,
  charset: 'utf8mb4',
})

/**
 * What a server says that has no room, is stopping, has ended the connection, or gave the client up before he was greeted to the end: it read
 * nothing of him (1158, 1159), or nonsense (1043, 1156).
 */
const LEAVING = new Set<unknown>([1040, 1043, 1053, 1077, 1079, 1156, 1158, 1159, 1927])

/** What no server has answered, or one that is leaving, is an outage; every other answer stays as it is. */
export function awayOr(error: unknown): Error {
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
export class LimitedConnection implements MysqlPoolConnection {
  readonly #raw: PoolConnection
  readonly #uri: string
  readonly #queryMs: number
  readonly #handOver: (connection: LimitedConnection) => boolean
  #inTransaction = false
  #broken: Error | null = null

  /** `handOver`: gives a connection that is free to whoever waits for one; false if nobody does. */
  constructor(raw: PoolConnection, uri: string, queryMs: number, handOver: (connection: LimitedConnection) => boolean) {
    this.#raw = raw
    this.#uri = uri
    this.#queryMs = queryMs
    this.#handOver = handOver
    // One that ends after its last query is handed over to nobody.
    raw.once('error', (error) => {
      this.#broken ??= awayOr(error)
    })
    raw.once('end', () => {
      this.#broken ??= new StoreUnavailable('the database has ended the connection')
    })
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
    if (this.#broken) return
    if (this.#inTransaction) this.#raw.destroy()
    else if (!this.#handOver(this)) this.#raw.release()
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
