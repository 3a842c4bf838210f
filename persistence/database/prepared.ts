import { type Compilable, type CompiledQuery, type Kysely, SelectQueryNode } from 'kysely'
import { directSelect } from '../sqlite/sqliteDialect.ts'

/** Stands for an argument, or for one value of a list, while a query is being compiled. */
class Hole {
  readonly index: number
  constructor(index: number) {
    this.index = index
  }
}

type Compiled<R> = { readonly query: CompiledQuery<R>; readonly isSelect: boolean }

/**
 * A query that is built and compiled once per database, for those that stand before every request or run with every batch:
 * building and compiling cost several times what the select itself does. `build` gets stand-ins for its arguments: it must put
 * each into the query as a value, and look at none. An argument may be a list for an `in`, never an empty one: it is filled
 * up with its last value to the next power of two, so a list of up to 1,000 has eleven texts and no more.
 */
export function prepared<T, A extends readonly unknown[], R>(
  build: (db: Kysely<T>, ...args: A) => Compilable<R>,
): (db: Kysely<T>, ...args: A) => Promise<readonly R[]> {
  // By adapter: a transaction has that of its database.
  const compiled = new WeakMap<object, Map<string, Compiled<R>>>()
  return async (db, ...args) => {
    const { adapter } = db.getExecutor()
    const texts = compiled.get(adapter) ?? new Map<string, Compiled<R>>()
    if (texts.size === 0) compiled.set(adapter, texts)
    const hasList = args.some(Array.isArray)
    const lengths = hasList ? args.map((arg) => (Array.isArray(arg) ? filledLength(arg.length) : 0)) : noLists
    const key = hasList ? lengths.join() : ''
    let known = texts.get(key)
    if (!known) {
      let index = 0
      const hole = () => new Hole(index++)
      const holes = args.map((_, i) => (lengths[i] ? Array.from({ length: lengths[i] }, hole) : hole()))
      // Stand-ins in place of the arguments: `build` puts each into the query and looks at none.
      const query = build(db, ...(holes as unknown as A)).compile()
      known = { query, isSelect: SelectQueryNode.is(query.query) }
      texts.set(key, known)
    }
    const { query, isSelect } = known
    const values = hasList
      ? args.flatMap((arg, i) => (Array.isArray(arg) ? filled(arg, lengths[i] ?? 0) : [arg]))
      : args
    const parameters = query.parameters.map((value) => (value instanceof Hole ? values[value.index] : value))
    const select = isSelect ? directSelect(db) : undefined
    if (select) return (await select(query.sql, parameters)).rows as readonly R[]
    return (await db.executeQuery<R>({ ...query, parameters })).rows
  }
}

const noLists: readonly number[] = []

function filledLength(length: number): number {
  if (length === 0) throw new Error('a prepared query was asked about an empty list')
  return 2 ** Math.ceil(Math.log2(length))
}

const filled = (list: readonly unknown[], length: number): readonly unknown[] =>
  Array.from({ length }, (_, i) => list[Math.min(i, list.length - 1)])
