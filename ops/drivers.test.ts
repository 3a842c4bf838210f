import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { sourceFiles } from './sourceFiles.ts'

const read = (file: string) => readFile(new URL(`../${file}`, import.meta.url), 'utf8')
const ofTests = /\.(test|contract)\.tsx?$|(^|\/)testing\/|^tests\//

/** A driver, or a type of one, by whatever kind of import. */
const DRIVER =
  /(?:\bfrom|\bimport|\b(?:import|require)\()\s*['"](?:ioredis|redis|kafkajs|mysql2|mongoose|mongodb|@aws-sdk\/[^'"/]+)(?:\/[^'"]*)?['"]/
/** Halves and what they share; ports and read models know no driver. */
const halves = /^persistence\/(?!ports\/|projections\/)/
const wiring = /^server\/wiring\//
/** What the benchmarks measure StudyHub against is no part of it. */
const rivals = /^loadtest\/bench\/servers\/socketIo/

test('OPS-2: drivers and their types stand in the halves of the ports and in the wiring only', async () => {
  const strangers: string[] = []
  let users = 0
  for (const file of sourceFiles('**/*.{ts,tsx,mjs,cjs}')) {
    if (ofTests.test(file) || file === '.dependency-cruiser.cjs') continue
    if (!DRIVER.test(await read(file))) continue
    users++
    if (![halves, wiring, rivals].some((it) => it.test(file))) strangers.push(file)
  }
  expect(strangers).toEqual([])
  expect(users).toBeGreaterThan(15)
})

/** Redis commands that walk over everything there is: as a word of a command, and as a client's method. */
const WALKS =
  /['"`](?:KEYS|[HSZ]?SCAN)['"`]|\.(?:[hsz]?scan|[hsz]?scanStream|[hsz]?scanBuffer)\(|\bredis\.(?:call|pcall)\(\s*['"](?:keys|[hsz]?scan)['"]/i
/** `.keys(…)` with an argument is Redis', `Object.keys` is not. */
const KEYS = /(?<!\bObject)\.keys\((?!\))/

test('OPS-3: nothing asks Redis for KEYS or SCAN', async () => {
  const found: string[] = []
  const files = sourceFiles('**/*.{ts,mjs,lua}')
  for (const file of files) {
    // A browser reaches no Redis; there `KeyS` is a key of the keyboard.
    if (file === 'ops/drivers.test.ts' || file.startsWith('web/')) continue
    const text = await read(file)
    if (WALKS.test(text) || (/redis/i.test(text) && KEYS.test(text))) found.push(file)
  }
  expect(found).toEqual([])
  expect(files.filter((file) => file.endsWith('.lua')).length).toBeGreaterThan(20)
})
