import type { Kysely } from 'kysely'
import { createStudyHub } from '#client/createStudyHub.ts'
import { memoryStorage } from '#client/keyValue.ts'
import { signIn } from '#client/session.ts'
import { cookieFetch } from '#client/testing/cookieFetch.ts'
import { signUpByMail } from '#client/testing/signUpByMail.ts'
import type { StudyHub } from '#client/types.ts'
import type { Database } from '#persistence/database/database.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { cast, PASSWORD, type Player } from './cast.ts'

/** Passwords are hashed slowly on purpose: so many at a time. */
const AT_ONCE = 4

const hubOf = (origin: string): StudyHub => createStudyHub({ origin, fetch: cookieFetch(), storage: memoryStorage() })

/** Ids of the cast, in its order; who is not there yet signs up as everybody does, with the code from the mail. */
export async function seedAccounts(origin: string, db: Kysely<Database>): Promise<string[]> {
  const known = async () => {
    const handles = cast.map(({ handle }) => handle)
    const rows = await db.selectFrom('profile').select(['handle', 'user_id']).where('handle', 'in', handles).execute()
    return new Map(rows.map((row) => [row.handle, row.user_id]))
  }
  const there = await known()
  const missing = cast.filter(({ handle }) => !there.has(handle))
  const worker = async () => {
    for (let player = missing.shift(); player; player = missing.shift()) await signUp(origin, player)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const all = await known()
  return cast.map(({ handle }) => {
    const id = all.get(handle)
    if (id === undefined) throw new Error(`${handle} has no account: remove the demo's data folder and start again`)
    return id
  })
}

async function signUp(origin: string, player: Player): Promise<void> {
  const hub = hubOf(origin)
  const { email, name, handle, timeZone, locale } = player
  const answer = await signUpByMail(hub, { email, password: PASSWORD, name, handle, timeZone, locale })
  if (isRefusal(answer)) throw new Error(`${handle} cannot sign up: ${answer.refused}`)
  await hub.close()
}

/** A client of one of the cast, signed in. */
export async function signedIn(origin: string, { email, handle }: Player): Promise<StudyHub> {
  const hub = hubOf(origin)
  const answer = await signIn(hub, { email, password: PASSWORD })
  if (isRefusal(answer)) throw new Error(`${handle} cannot sign in: ${answer.refused}`)
  return hub
}
