import { sql } from 'kysely'
import { searchable } from '#schemas/searchable.ts'
import { pageOf } from '../cursor.ts'
import type { Db } from '../database.ts'
import { profileOf } from '../profile/profile.ts'
import type { ProfileRow } from '../profile/profileTable.ts'
import { type PageOf, type PersonPage, unblocked } from './personLists.ts'

/** Behind every text that begins with a given one, in the engines' order of bytes. */
const LAST = '\u{10ffff}'

/**
 * People whose handle or name begins with the text in any writing, in the order of the handle, without the viewer himself
 * and without anybody whom a block stands between. A text of only white space finds nobody.
 */
export async function searchPeople(
  db: Db,
  viewer: string,
  text: string,
  { after, limit }: PageOf,
): Promise<PersonPage> {
  const from = searchable(text.trim().replace(/^@/, ''))
  if (from === '') return { people: [], next: null }
  const to = from + LAST
  const { rows: found } = await sql<ProfileRow>`
    select p.* from (
      select user_id from profile where handle_key >= ${from} and handle_key < ${to}
      union select user_id from profile where name_key >= ${from} and name_key < ${to}
    ) as f inner join profile as p on p.user_id = f.user_id
    where p.user_id <> ${viewer} and ${unblocked(viewer)} ${after ? sql`and p.handle_key > ${after.id}` : sql``}
    order by p.handle_key limit ${limit + 1}`.execute(db)
  const { rows, next } = pageOf(found, limit, (row) => ({ value: 0, id: row.handle_key }))
  return { people: rows.map(profileOf), next }
}
