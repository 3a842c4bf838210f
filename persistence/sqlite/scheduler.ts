import type { DatabaseSync } from 'node:sqlite'
import { exclusive } from './exclusive.ts'
import { answerReads, commitGroup, type Job } from './groupCommit.ts'
import type { Answer, Op } from './protocol.ts'
import { statements } from './statements.ts'

// biome-ignore lint/suspicious/noExplicitAny: any signature is a procedure; `SqliteWorker` types its calls
export type Procedures = Record<string, (...args: any[]) => unknown>

const MAX_GROUP = 500

/**
 * The order of a file's work: groups of what waits (reads first, then all writes in one commit) until an interactive
 * transaction is first in line; then only that one, until its end. `closed` is called after a close was answered.
 */
export function scheduler(
  db: DatabaseSync,
  procedures: Procedures,
  answer: (answers: readonly Answer[]) => void,
  closed: () => void,
) {
  let queue: Op[] = []
  const execute = statements(db)
  const commit = commitGroup(db)
  const transaction = exclusive(db, () => run())

  const procedure = (name: string, args: readonly unknown[]) => {
    const found = procedures[name]
    if (!found) throw new Error(`no procedure ${name}`)
    return found(...args)
  }
  const job = (op: Op): Job => ({
    id: op.id,
    work: () => {
      switch (op.op) {
        case 'call':
        case 'read':
          return procedure(op.name, op.args)
        case 'run':
          return execute(op.sql, op.params)
        case 'begin':
          return transaction.begin(op.tx)
        case 'in':
          return transaction.within(op.tx, () => execute(op.sql, op.params))
        case 'end':
          return transaction.end(op.tx, op.commit)
        case 'close':
          return undefined
        default:
          return op satisfies never
      }
    },
  })

  const runGroup = (group: readonly Op[]) => {
    const reads = group.filter((op) => op.op === 'read')
    if (reads.length > 0) answer(answerReads(reads.map(job)))
    const writes = group.filter((op) => op.op === 'call' || op.op === 'run')
    if (writes.length > 0) answer(commit(writes.map(job)))
  }

  const runTransaction = (holder: number): boolean => {
    const mine = queue.findIndex((op) => 'tx' in op && op.tx === holder)
    const [op] = mine < 0 ? [] : queue.splice(mine, 1)
    if (op) answer(answerReads([job(op)]))
    return op !== undefined
  }

  const runNext = (): boolean => {
    if (transaction.holder !== null) return runTransaction(transaction.holder)
    const alone = (op: Op) => op.op === 'begin' || op.op === 'in' || op.op === 'end' || op.op === 'close'
    const first = queue[0]
    if (!first) return false
    if (alone(first)) {
      queue.shift()
      answer(answerReads([job(first)]))
      if (first.op === 'close') closed()
      return true
    }
    const stop = queue.findIndex(alone)
    runGroup(queue.splice(0, Math.min(stop < 0 ? queue.length : stop, MAX_GROUP)))
    return true
  }

  const run = () => {
    while (runNext());
  }

  return {
    take(ops: readonly Op[]) {
      queue = queue.length === 0 ? [...ops] : queue.concat(ops)
    },
    run,
  }
}
