import type { DatabaseSync } from 'node:sqlite'

export type Clock = {
  /** Milliseconds to hand out: kept in the same transaction, so no later one is lower, whatever the wall clock does. */
  tick(): number
  /** Milliseconds for comparing only; for procedures that do not write. */
  peek(): number
  /** The same, and none that this process hands out later is lower; not kept, so a restart may begin lower. */
  pass(): number
}

export function clock(db: DatabaseSync): Clock {
  let { last } = db.prepare('select last from clock').get() as { last: number }
  const keep = db.prepare('update clock set last = ?')
  const peek = () => Math.max(Date.now(), last)
  return {
    peek,
    pass() {
      last = peek()
      return last
    },
    tick() {
      last = peek()
      keep.run(last)
      return last
    },
  }
}
