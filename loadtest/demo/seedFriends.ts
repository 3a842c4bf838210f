import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { changePair } from '#persistence/database/people/changePair.ts'
import { PEOPLE, SEED } from './cast.ts'
import { chance } from './chance.ts'

/** Friends of the demo's people. Repeating it changes nothing. */
export async function seedFriends(db: Kysely<Database>, users: readonly string[], at: number): Promise<void> {
  const user = (i: number) => users[i % PEOPLE] ?? ''
  const next = chance(SEED, 'circles')
  for (let i = 0; i < PEOPLE; i++) {
    // The one to sign in as knows many; others a few.
    const friends = i === 0 ? 40 : 3
    for (let n = 0; n < friends; n++) {
      const other = 1 + Math.floor(next() * (PEOPLE - 1))
      if (other === i) continue
      await changePair(db, { me: user(i), other: user(other), at }, ({ friendship }) => ({
        change: friendship === 'friends' ? {} : { friendship: 'friends' },
        answer: null,
      }))
    }
  }
}
