import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const top = new URL('../..', import.meta.url)
const files = globSync('{persistence,server,rooms}/**/*.ts', { cwd: top })
  .filter((file) => !/\.(test|contract)\.ts$|testing\/|Steps\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(new URL(file, top), 'utf8') }))
const TABLES = ['room', 'room_visitor', 'read_marker', 'study_interval'] as const

/** Files that put rows into the table, or change them. */
const writersOf = (table: string): string[] => {
  const writes = new RegExp(`(?:insertInto|updateTable|insertRows|insertIfAbsent|upsert)\\([^)]*'${table}'`)
  return files.filter(({ text }) => writes.test(text)).map(({ file }) => file)
}
const importersOf = (file: string): string[] => {
  const name = file.slice(file.lastIndexOf('/') + 1).replaceAll('.', '\\.')
  return files.filter(({ text }) => new RegExp(`from '[^']*/${name}'`).test(text)).map((it) => it.file)
}
/** Whatever writes, or calls what writes, up to where it stops. */
const callersOf = (file: string): string[] =>
  file.startsWith('persistence/database/') ? importersOf(file).flatMap(callersOf) : [file]

test.each(TABLES)(
  'STORE-1: rows of %s come from a projection alone; a person’s own are made nameless with him',
  (table) => {
    const writers = writersOf(table).flatMap(callersOf)
    const projections = writers.filter((file) => file.startsWith('persistence/projections/'))
    expect(projections).not.toEqual([])
    const others = new Set(writers.filter((file) => !projections.includes(file)))
    expect([...others]).toEqual(table === 'room' ? ['persistence/personalData/roomsPart.ts'] : [])
  },
)
