import { expect, test } from 'vitest'
import { codeOf, newPerson, Person } from '#server/testing/person.ts'
import type { ClusterNode } from './testing/cluster.ts'
import type { Pair } from './testing/pair.ts'

export function triesOverNodes(running: () => Pair): void {
  test('TRIES-1: wrong passwords at one node count at every other', async () => {
    const { cluster, a, b } = running()
    const ana = await newPerson(a.url)
    // The others let tests try a thousand times as often.
    const strict = await cluster.startNode({ RATE_FACTOR: '1' })
    const guessAt = (node: ClusterNode) =>
      new Person(node.url).post('/api/accounts/sign-in', { email: ana.me.email, password: 'wr0ng horse!' })
    const guesses = await Promise.all([a, b, a, b, a, b, a, b, strict].map(guessAt))
    expect(guesses.map(codeOf)).toEqual(guesses.map(() => 'bad_credentials'))
    expect(codeOf(await guessAt(strict))).toBe('bad_credentials')
    expect(codeOf(await guessAt(strict))).toBe('too_many_tries')
  })
}
