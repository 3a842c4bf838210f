import type { DatabaseSync } from 'node:sqlite'

export type Counter = {
  add(name: string, by: number): number
  addThenFail(name: string, by: number): number
  value(name: string): number
  stall(ms: number): void
  /** Ends the thread in the middle of a group. */
  die(): void
}

/** Procedures for the worker's own tests. */
export default function counterProcedures(db: DatabaseSync): Counter {
  db.exec('create table if not exists counters (name text primary key, value integer not null)')
  const upsert = db.prepare(
    'insert into counters values (?, ?) on conflict do update set value = value + excluded.value returning value',
  )
  const get = db.prepare('select value from counters where name = ?')
  const add = (name: string, by: number) => (upsert.get(name, by) as { value: number }).value
  return {
    add,
    addThenFail(name, by) {
      add(name, by)
      throw new RangeError('failed on purpose')
    },
    value: (name) => (get.get(name) as { value: number } | undefined)?.value ?? 0,
    die() {
      process.exit(3)
    },
    stall(ms) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
    },
  }
}
