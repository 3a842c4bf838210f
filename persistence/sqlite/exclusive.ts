import type { DatabaseSync } from 'node:sqlite'

/** A transaction that asks nothing for this long is given up: its holder has forgotten it and everyone else waits. */
const IDLE_MS = 10_000

/** The one interactive transaction that may be open on the file. `onEnd` is called when an idle one was rolled back. */
export function exclusive(db: DatabaseSync, onEnd: () => void) {
  let open: number | null = null
  let idle: NodeJS.Timeout | undefined

  const expire = () => {
    open = null
    if (db.isTransaction) db.exec('rollback')
    onEnd()
  }
  const touch = () => {
    clearTimeout(idle)
    idle = setTimeout(expire, IDLE_MS)
  }
  const must = (tx: number) => {
    if (open !== tx || !db.isTransaction) throw new Error('the transaction was rolled back')
  }

  return {
    get holder() {
      return open
    },
    begin(tx: number) {
      db.exec('begin immediate')
      open = tx
      touch()
    },
    within<T>(tx: number, work: () => T): T {
      must(tx)
      touch()
      return work()
    },
    end(tx: number, commit: boolean) {
      if (open !== tx) {
        if (commit) throw new Error('the transaction was rolled back')
        return
      }
      clearTimeout(idle)
      open = null
      try {
        if (commit && !db.isTransaction) throw new Error('the transaction was rolled back')
        if (commit) db.exec('commit')
      } finally {
        if (db.isTransaction) db.exec('rollback')
      }
    },
  }
}
