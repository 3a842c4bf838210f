import { expect, test } from 'vitest'
import { gathered } from './gathered.ts'

/** A store that answers when it is told to. */
function store() {
  const asked: { keys: readonly string[]; answer(): void; fail(): void }[] = []
  const ask = gathered<string>(
    (keys) =>
      new Promise((resolve, reject) => {
        const known = keys.filter((key) => !key.startsWith('no'))
        asked.push({
          keys,
          answer: () => resolve(new Map(known.map((key) => [key, `${key}!`]))),
          fail: () => reject(new Error('away')),
        })
      }),
  )
  return { asked, ask }
}

test('STORE-42: many who ask at once share a question, each is answered his own, and each is asked for after he came', async () => {
  const { asked, ask } = store()
  const [a, b] = [ask('a'), ask('b')]
  const rest = ['c', 'd', 'nobody', 'c'].map(ask)
  expect(asked.map(({ keys }) => keys)).toEqual([['a'], ['b']])
  asked[0]?.answer()
  expect(await a).toBe('a!')
  expect(asked.map(({ keys }) => keys)).toEqual([['a'], ['b'], ['c', 'd', 'nobody']])
  // Who has asked before asks anew: nothing is remembered.
  const again = ask('a')
  asked[1]?.answer()
  asked[2]?.answer()
  expect(await b).toBe('b!')
  expect(await Promise.all(rest)).toEqual(['c!', 'd!', undefined, 'c!'])
  asked[3]?.answer()
  expect(await again).toBe('a!')
  expect(asked).toHaveLength(4)
})

test('STORE-42: a question that fails fails for those whose it was, and the next one is asked all the same', async () => {
  const { asked, ask } = store()
  const all = ['a', 'b', 'c'].map((key) => ask(key).catch(String))
  asked[0]?.fail()
  expect(await all[0]).toBe('Error: away')
  asked[1]?.answer()
  asked[2]?.answer()
  expect(await Promise.all(all)).toEqual(['Error: away', 'b!', 'c!'])
})
