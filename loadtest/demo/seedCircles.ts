import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '#persistence/database/database.ts'
import { insertIfAbsent } from '#persistence/database/dialect.ts'
import { changePair } from '#persistence/database/people/changePair.ts'
import { searchable } from '#schemas/searchable.ts'
import { PEOPLE, SEED } from './cast.ts'
import { chance } from './chance.ts'

const groups = [
  { name: '새벽 다섯 시 클럽', description: '하루를 일찍 여는 사람들', members: 24 },
  { name: '정보처리기사 스터디', description: '실기까지 같이 가요', members: 16 },
  { name: 'Quiet mornings', description: 'Two hours before the day begins', members: 12 },
  { name: '수능 D-100', description: '매일 조금씩', members: 30 },
]

/** Friends and study groups of the demo's people. Repeating it changes nothing. */
export async function seedCircles(db: Kysely<Database>, users: readonly string[], at: number): Promise<void> {
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
  for (const [i, { name, description, members }] of groups.entries()) {
    const id = `demo-group-${i}`
    const code = createHash('sha256').update(`${SEED} ${id}`).digest('base64url').slice(0, 24)
    const leader_id = user(i === 0 ? 0 : i * 7)
    await insertIfAbsent(db, 'study_group', {
      ...{ id, name, search_name: searchable(name), description, image: null, capacity: 50, open_to_requests: 1 },
      ...{ leader_id, code, code_hash: createHash('sha256').update(code).digest('hex') },
      ...{ created_at: at, dissolved_at: null },
    })
    const ids = new Set([leader_id, ...(i < 2 ? [user(0)] : [])])
    while (ids.size < members) ids.add(user(Math.floor(next() * PEOPLE)))
    for (const user_id of ids)
      await insertIfAbsent(db, 'group_member', {
        ...{ group_id: id, user_id, joined_at: at },
        role: user_id === leader_id ? 'leader' : 'member',
      })
  }
}
