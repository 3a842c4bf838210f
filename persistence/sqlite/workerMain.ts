import type { DatabaseSync } from 'node:sqlite'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { dataFolderProblem } from './DataFolderProblem.ts'
import { openFile } from './openFile.ts'
import { type FromWorker, failureOf, type Op, type WorkerSetup } from './protocol.ts'
import { type Procedures, scheduler } from './scheduler.ts'

/** What a procedure module exports as default: makes its tables, then gives its procedures. */
export type ProcedureModule = (db: DatabaseSync, options: never) => Procedures

const port = parentPort
if (!port) throw new Error('workerMain runs in a worker thread')
const { path, procedures, options } = workerData as WorkerSetup
const send = (message: FromWorker) => port.postMessage(message)

async function open(): Promise<{ db: DatabaseSync; made: Procedures } | undefined> {
  const module = procedures === null ? undefined : ((await import(procedures)) as { default: ProcedureModule })
  try {
    const db = openFile(path)
    // Each module gets the options that its own opener gave for it; only that pair knows their type.
    return { db, made: module?.default(db, options as never) ?? {} }
  } catch (error) {
    const sqlite = (error as { code?: string; name?: string }) ?? {}
    if (sqlite.name !== 'DataFolderProblem' && sqlite.code !== 'ERR_SQLITE_ERROR') throw error
    const { fault, path: at, message } = dataFolderProblem(path, error)
    send({ problem: { fault, path: at, message } })
    return undefined
  }
}

const opened = await open().catch((error: unknown) => {
  send({ broken: failureOf(error) })
  return undefined
})
if (opened) {
  const { db, made } = opened
  const work = scheduler(db, made, send, () => {
    db.close()
    port.close()
  })
  port.on('message', (ops: readonly Op[]) => {
    work.take(ops)
    // What arrived while the last group was being committed becomes one group.
    for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port)) work.take(more.message)
    work.run()
  })
  send({ ready: true })
} else port.close()
