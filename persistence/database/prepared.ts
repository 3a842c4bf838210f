import { type Compilable, type CompiledQuery, type Kysely, SelectQueryNode } from 'kysely'
import { directSelect } from '../sqlite/sqliteDialect.ts'

/** Stands for an argument while a query is being compiled. */
class Hole {
  readonly index: number
  constructor(index: number) {
    this.index = index
  }
}

/**
 * A query that is built and compiled once per handle, for those that stand before every request: building and compiling
 * cost several times what the select itself does. `build` gets stand-ins for its arguments: it must put each into the query
 * as a value, and look at none. All arguments are counted by its parameter list: no defaults, no rest.
 */
export function prepared<T, A extends readonly unknown[], R>(
  build: (db: Kysely<T>, ...args: A) => Compilable<R>,
): (db: Kysely<T>, ...args: A) => Promise<readonly R[]> {
  const compiled = new WeakMap<object, { query: CompiledQuery<R>; select: ReturnType<typeof directSelect> }>()
  const holes = Array.from({ length: build.length - 1 }, (_, index) => new Hole(index))
  return async (db, ...args) => {
    let known = compiled.get(db)
    if (!known) {
      const query = build(db, ...(holes as unknown as A)).compile()
      known = { query, select: SelectQueryNode.is(query.query) ? directSelect(db) : undefined }
      compiled.set(db, known)
    }
    const { query, select } = known
    const parameters = query.parameters.map((value) => (value instanceof Hole ? args[value.index] : value))
    if (select) return (await select(query.sql, parameters)).rows as readonly R[]
    return (await db.executeQuery<R>({ ...query, parameters })).rows
  }
}
