import fc from 'fast-check'
import mongoose from 'mongoose'
import { expect, onTestFinished, test } from 'vitest'
import { archiveContract, message } from './archive.contract.ts'
import { openMongoArchive } from './mongoArchive.ts'
import { mongoForTest } from './testing/mongoForTest.ts'

async function opened() {
  const { url, drop } = await mongoForTest()
  let archive = await openMongoArchive(url)
  return {
    url,
    archive,
    async reopen() {
      await archive.close()
      archive = await openMongoArchive(url)
      return archive
    },
    async dispose() {
      await archive.close()
      await drop()
    },
  }
}

archiveContract('MongoDB', opened)

async function open() {
  const made = await opened()
  onTestFinished(made.dispose)
  return made
}

test('STORE-40: several who put the same messages at once leave the highest revision of each', async () => {
  const { archive } = await open()
  let conversations = 0
  const put = fc.record({ number: fc.integer({ min: 1, max: 4 }), revision: fc.nat(5) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(put, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 5 }),
      async (writers) => {
        const conversation = `race ${++conversations}`
        const said = ({ number, revision }: { number: number; revision: number }) =>
          message(number, { conversation, revision, text: `text ${revision}` })
        await Promise.all(writers.map((batch) => archive.putMessages(batch.map(said))))
        const highest = new Map<number, number>()
        for (const { number, revision } of writers.flat())
          highest.set(number, Math.max(revision, highest.get(number) ?? 0))
        const stored = await archive.page(conversation, { limit: 99 })
        expect(stored.map((m) => [m.number, m.revision, m.text])).toEqual(
          [...highest].sort(([a], [b]) => a - b).map(([number, revision]) => [number, revision, `text ${revision}`]),
        )
      },
    ),
    { numRuns: 40 },
  )
})

test('STORE-40: a bulk that comes again, partly newer, is one write and changes only what is newer', async () => {
  const { archive } = await open()
  const bulk = Array.from({ length: 1_000 }, (_, i) => message(i + 1))
  await archive.putMessages(bulk)
  await archive.putMessages(
    bulk.map((m) => (m.number % 2 ? { ...m, text: 'not newer' } : { ...m, revision: 1, text: 'edited' })),
  )
  const found = await archive.byNumbers('c', [1, 2, 999, 1_000])
  expect(found.map((m) => m.text)).toEqual(['text 1', 'edited', 'text 999', 'edited'])
})

test('STORE-40: of an edit and a deletion at once no older wording stays', async () => {
  const { archive } = await open()
  for (let number = 1; number <= 20; number++) {
    await archive.putMessages([message(number)])
    await Promise.all([
      archive.putPast('c', number, 1, { text: 'secret', until: 1 }),
      archive.putMessages([message(number, { revision: 2, deleted: true, text: '' })]),
    ])
    expect(await archive.past('c', number)).toEqual([])
  }
})

test('STORE-40: the indexes that the questions need are there, and opening again adds none', async () => {
  const { url, reopen } = await open()
  await reopen()
  const connection = await mongoose.createConnection(url).asPromise()
  const keys = async (name: string) =>
    (await connection.collection(name).indexes()).map((index) => Object.keys(index.key).join(' ')).sort()
  expect(await keys('messages')).toEqual(
    [
      '_id',
      'author conversation number',
      'conversation at number',
      'conversation number',
      'conversation pinned number',
    ].sort(),
  )
  expect(await keys('pasts')).toEqual(['_id', 'conversation number revision'])
  await connection.close()
})
