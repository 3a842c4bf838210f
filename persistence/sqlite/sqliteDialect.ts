import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  RawNode,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Rows } from './protocol.ts'
import type { SqliteTransaction, SqliteWorker } from './sqliteWorker.ts'

/**
 * Kysely over a file's worker. Single statements join the group commit; `db.transaction()` has the file alone, so inside it
 * use only its own handle: `db` would wait for the transaction to end. The worker is closed by whoever opened it.
 */
export const sqliteDialect = (worker: Pick<SqliteWorker, 'run' | 'query' | 'begin'>): Dialect => ({
  createAdapter: () => new FileAdapter(worker),
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createDriver: () => new WorkerDriver(worker),
})

class FileAdapter extends SqliteAdapter {
  readonly worker: Pick<SqliteWorker, 'query'>
  constructor(worker: Pick<SqliteWorker, 'query'>) {
    super()
    this.worker = worker
  }
}

/** The file's own select, past Kysely's way to a connection; undefined inside a transaction and on other engines. */
export function directSelect(
  db: Pick<Kysely<unknown>, 'getExecutor' | 'isTransaction'>,
): SqliteWorker['query'] | undefined {
  const { adapter } = db.getExecutor()
  return adapter instanceof FileAdapter && !db.isTransaction ? adapter.worker.query : undefined
}

class WorkerDriver implements Driver {
  readonly #worker: Pick<SqliteWorker, 'run' | 'query' | 'begin'>
  constructor(worker: Pick<SqliteWorker, 'run' | 'query' | 'begin'>) {
    this.#worker = worker
  }
  async init() {}
  async acquireConnection(): Promise<WorkerConnection> {
    return new WorkerConnection(this.#worker)
  }
  async beginTransaction(connection: WorkerConnection) {
    connection.transaction = await this.#worker.begin()
  }
  async commitTransaction(connection: WorkerConnection) {
    await connection.end((transaction) => transaction.commit())
  }
  async rollbackTransaction(connection: WorkerConnection) {
    await connection.end((transaction) => transaction.rollback())
  }
  async savepoint(connection: WorkerConnection, name: string, compile: QueryCompiler['compileQuery']) {
    await connection.savepoint('savepoint', name, compile)
  }
  async rollbackToSavepoint(connection: WorkerConnection, name: string, compile: QueryCompiler['compileQuery']) {
    await connection.savepoint('rollback to', name, compile)
  }
  async releaseSavepoint(connection: WorkerConnection, name: string, compile: QueryCompiler['compileQuery']) {
    await connection.savepoint('release', name, compile)
  }
  async releaseConnection() {}
  async destroy() {}
}

class WorkerConnection implements DatabaseConnection {
  readonly #worker: Pick<SqliteWorker, 'run' | 'query' | 'begin'>
  transaction: SqliteTransaction | null = null
  constructor(worker: Pick<SqliteWorker, 'run' | 'query' | 'begin'>) {
    this.#worker = worker
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes } = await this.#execute(query)
    return { rows: rows as R[], numAffectedRows: BigInt(changes) }
  }

  /** The whole result is read at once: a cursor left open would hold the file for all others. */
  async *streamQuery<R>(query: CompiledQuery, chunkSize = 100): AsyncIterableIterator<QueryResult<R>> {
    const { rows } = await this.#execute(query)
    for (let from = 0; from < rows.length; from += chunkSize) yield { rows: rows.slice(from, from + chunkSize) as R[] }
  }

  async end(how: (transaction: SqliteTransaction) => Promise<void>): Promise<void> {
    const { transaction } = this
    this.transaction = null
    if (transaction) await how(transaction)
  }

  async savepoint(command: string, name: string, compile: QueryCompiler['compileQuery']): Promise<void> {
    const quoted = `"${name.replaceAll('"', '""')}"`
    await this.executeQuery(compile(RawNode.createWithSql(`${command} ${quoted}`), { queryId: crypto.randomUUID() }))
  }

  #execute({ query, sql, parameters }: CompiledQuery): Promise<Rows> {
    if (this.transaction) return this.transaction.run(sql, parameters)
    if (/^\s*(begin|commit|end|rollback|savepoint|release)\b/i.test(sql))
      throw new Error('use db.transaction(): single statements share one transaction with others')
    return SelectQueryNode.is(query) ? this.#worker.query(sql, parameters) : this.#worker.run(sql, parameters)
  }
}
