import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from './clock.ts'

/** What is due in sleeping places (DESIGN §5.6). */
export function dueProcedures(db: DatabaseSync, clock: Clock) {
  const put = db.prepare('insert or replace into due values (?, ?)')
  const drop = db.prepare('delete from due where place = ?')
  const passed = db.prepare('select place, at from due where at <= ? order by at, place limit ?')
  return {
    setDue(place: string, at: number | null): void {
      if (at === null) drop.run(place)
      else put.run(place, at)
    },
    due: (limit: number) => passed.all(clock.peek(), limit) as { place: string; at: number }[],
  }
}
