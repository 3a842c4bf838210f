import { Worker } from 'node:worker_threads'
import { DataFolderProblem } from './DataFolderProblem.ts'
import type { FromWorker, Op, Rows, WorkerSetup } from './protocol.ts'
import { openReader, type Reader } from './reader.ts'
import { SqliteFailure, SqliteGone } from './SqliteFailure.ts'
import type { Procedures } from './scheduler.ts'

type Asked<O extends Op = Op> = O extends Op ? Omit<O, 'id'> : never
type Waiting = { resolve(value: unknown): void; reject(error: Error): void }

const MAX_WAITING = 50_000
const PATIENCE_MS = 10

export type SqliteWorkerOptions = {
  readonly path: string
  /** Module whose default export makes the tables and gives the procedures; loaded in the worker. */
  readonly procedures?: URL
  /** Given to that module; must survive a structured clone. */
  readonly options?: unknown
  /** The thread ended without being closed: nothing of this file works any more and the process should end. */
  readonly onGone?: (error: Error) => void
}

/**
 * One file, one thread. What is written is on the disk (fsync) when its promise resolves; what arrives while the thread is
 * busy shares one transaction and one fsync. Order of writes is the order of calls. Rejections: `SqliteFailure` (nothing of
 * this operation is stored) or `SqliteGone` (not known).
 */
export interface SqliteWorker<P extends Procedures = Procedures> {
  /** Runs a procedure in the write group; one that throws is undone alone. */
  call<K extends keyof P & string>(name: K, ...args: Parameters<P[K]>): Promise<ReturnType<P[K]>>
  /** The same, but while the file is busy it waits up to 10 ms for others to share its message and its commit. */
  callPatiently<K extends keyof P & string>(name: K, ...args: Parameters<P[K]>): Promise<ReturnType<P[K]>>
  /** Runs a reading procedure outside the write group: sees all that was acknowledged before. */
  read<K extends keyof P & string>(name: K, ...args: Parameters<P[K]>): Promise<ReturnType<P[K]>>
  /** A statement in the write group. */
  run(sql: string, params: readonly unknown[]): Promise<Rows>
  /** A select, answered in this thread from the file: sees all that was acknowledged before, waits for nothing. */
  query(sql: string, params: readonly unknown[]): Promise<Rows>
  /** An interactive transaction: everything else waits until its end; 10 s of silence roll it back. */
  begin(): Promise<SqliteTransaction>
  /** Finishes what waits, then closes the file. */
  close(): Promise<void>
}

export interface SqliteTransaction {
  run(sql: string, params: readonly unknown[]): Promise<Rows>
  commit(): Promise<void>
  rollback(): Promise<void>
}

/** Opens a file in its own thread. Rejects with `DataFolderProblem` if it is locked, damaged, or cannot be written. */
export async function openSqliteWorker<P extends Procedures = Procedures>(
  opening: SqliteWorkerOptions,
): Promise<SqliteWorker<P>> {
  const thread = startThread(opening)
  const begun = Promise.withResolvers<void>()
  const ended = () => begun.reject(new SqliteGone('the SQLite thread ended while opening'))
  thread.once('error', begun.reject)
  thread.once('exit', ended)
  thread.once('message', (first: FromWorker) => {
    if ('ready' in first) begun.resolve()
    else if ('problem' in first) begun.reject(problemOf(first.problem))
    else if ('broken' in first) begun.reject(new SqliteFailure(first.broken))
  })
  await begun.promise
  thread.off('error', begun.reject)
  thread.off('exit', ended)
  return workerOver<P>(thread, openReader(opening.path), opening.onGone)
}

function startThread({ path, procedures, options }: SqliteWorkerOptions): Worker {
  const setup: WorkerSetup = { path, procedures: procedures?.href ?? null, options }
  return new Worker(new URL('./workerMain.ts', import.meta.url), {
    workerData: setup,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    name: 'sqlite',
  })
}

function problemOf({ fault, path, message }: { fault: DataFolderProblem['fault']; path: string; message: string }) {
  const problem = new DataFolderProblem(fault, path, '')
  problem.message = message
  return problem
}

function workerOver<P extends Procedures>(
  thread: Worker,
  reader: Reader,
  onGone?: (error: Error) => void,
): SqliteWorker<P> {
  const waiting = new Map<number, Waiting>()
  let outgoing: Op[] = []
  let lastId = 0
  let lastTx = 0
  let gone: Error | null = null
  let closing: Promise<void> | null = null

  const end = (error: Error) => {
    if (gone) return
    gone = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    if (!closing) onGone?.(error)
  }
  let flushing = false
  let flushedAt = 0
  let later: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(later)
    later = undefined
    flushing = false
    flushedAt = performance.now()
    thread.postMessage(outgoing)
    outgoing = []
  }
  // One message per turn of the event loop, however many places commit in it.
  const flushSoon = () => {
    if (flushing) return
    flushing = true
    setImmediate(flush)
  }
  const ask = (asked: Asked, patient = false): Promise<unknown> => {
    if (gone) return Promise.reject(gone)
    if ('sql' in asked) reader.beforeWrite(asked.sql)
    if (waiting.size >= MAX_WAITING) return Promise.reject(new SqliteGone('too many operations wait for the disk'))
    const id = ++lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      outgoing.push({ ...asked, id } as Op)
      if (!patient || performance.now() - flushedAt > PATIENCE_MS) flushSoon()
      else if (!flushing) later ??= setTimeout(flush, PATIENCE_MS)
    })
  }

  thread.on('message', (message: FromWorker) => {
    if (!Array.isArray(message)) return
    for (const answer of message) {
      const asker = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('error' in answer) asker?.reject(new SqliteFailure(answer.error))
      else asker?.resolve(answer.value)
    }
  })
  thread.on('error', (error) => end(new SqliteGone(`the SQLite thread failed: ${error}`)))
  const exited = new Promise<void>((resolve) => {
    thread.once('exit', (code) => {
      end(new SqliteGone(closing ? 'the file is closed' : `the SQLite thread ended (${code})`))
      resolve()
    })
  })

  const begin = async (): Promise<SqliteTransaction> => {
    const tx = ++lastTx
    await ask({ op: 'begin', tx })
    return {
      run: (sql, params) => ask({ op: 'in', tx, sql, params }) as Promise<Rows>,
      commit: () => ask({ op: 'end', tx, commit: true }) as Promise<void>,
      rollback: () => ask({ op: 'end', tx, commit: false }) as Promise<void>,
    }
  }
  const close = async () => {
    reader.close()
    await ask({ op: 'close' }).catch(() => undefined)
    await exited
  }

  return {
    // A procedure's answer comes from the other thread; by `P` the caller says what its name answers.
    call: (name, ...args) => ask({ op: 'call', name, args }) as never,
    callPatiently: (name, ...args) => ask({ op: 'call', name, args }, true) as never,
    read: (name, ...args) => ask({ op: 'read', name, args }) as never,
    run: (sql, params) => ask({ op: 'run', sql, params }) as Promise<Rows>,
    query: async (sql, params) => {
      if (gone) throw gone
      return reader.query(sql, params)
    },
    begin,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}
