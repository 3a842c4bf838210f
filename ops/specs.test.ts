import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { sourceFiles } from './sourceFiles.ts'

const read = (file: string) => readFile(new URL(`../${file}`, import.meta.url), 'utf8')
const SENTENCE = /^- (?:\*\*)?([A-Z]+-\d+)(?:\*\*)? /gm
/** Where a title begins: ids, with what they serve in brackets, up to the colon. */
const TITLE = /['"`]((?:[A-Z]+-\d+(?: \([^)]*\))?[ ,]*)+):/g
const ID = /\b[A-Z]+-\d+\b/g

/** Every sentence's id, with its file. */
async function sentences(): Promise<[string, string][]> {
  const found: [string, string][] = []
  for (const file of sourceFiles('docs/spec/*.md'))
    for (const [, id = ''] of (await read(file)).matchAll(SENTENCE)) found.push([id, file])
  return found
}
/** Every id that stands in the title of a test, with the file. */
async function citations(): Promise<[string, string][]> {
  const found: [string, string][] = []
  for (const file of sourceFiles('**/*.{test,contract}.{ts,tsx}'))
    for (const [, head = ''] of (await read(file)).matchAll(TITLE))
      for (const [id] of head.matchAll(ID)) found.push([id, file])
  return found
}

/** What no test proves yet: the ledger on Redis, whose tests come with it, and small things of the web client. Nothing is added here, and what is proved goes. */
const owed = new Set([...['LEDGER-29', 'LEDGER-30', 'LEDGER-34'], ...['WEB-40', 'WEB-49', 'WEB-51', 'WEB-52']])

test('every sentence of the specification has a number of its own and a test that cites it', async () => {
  const said = await sentences()
  expect(said.length).toBeGreaterThan(400)
  const twice = said.filter(([id], i) => said.findIndex(([other]) => other === id) !== i)
  expect(twice, 'ids given twice').toEqual([])
  const cited = new Set((await citations()).map(([id]) => id))
  const uncited = said.map(([id]) => id).filter((id) => !cited.has(id) && !owed.has(id))
  expect(uncited, 'sentences without a test').toEqual([])
  const paid = [...owed].filter((id) => cited.has(id) || !said.some(([other]) => other === id))
  expect(paid, 'listed as owed, but proved by now or not said any more').toEqual([])
})

test('every id in the title of a test is that of a sentence, and every part stands in the index', async () => {
  const known = new Set((await sentences()).map(([id]) => id))
  const unknown = (await citations()).filter(([id]) => !known.has(id))
  expect(unknown, 'ids without a sentence').toEqual([])
  const index = await read('docs/SPEC.md')
  const named = new Set([...index.matchAll(/^\| ([A-Z, ]+) \|/gm)].flatMap(([, parts = '']) => parts.split(', ')))
  const parts = new Set([...known].map((id) => id.slice(0, id.indexOf('-'))))
  expect(
    [...parts].filter((part) => !named.has(part)),
    'parts that the index lacks',
  ).toEqual([])
})
