import type { Me } from '#schemas/api/accounts.ts'
import type { NewInvite } from '#schemas/api/groups.ts'
import { isRefusal } from '#schemas/refusals.ts'
import type { Guest } from '../testing/crowd.ts'
import type { Person } from '../testing/Person.ts'
import type { Lively } from './fillPlace.ts'
import type { Words } from './words.ts'

export type Circles = {
  /** Led by `me`: members, requests, links, somebody warned and somebody removed. */
  readonly led: string
  /** With `me` as an ordinary member. */
  readonly other: string
  /** What a link to the first one ends with. */
  readonly code: string
}

export const meOf = ({ hub, name }: Guest): Me => {
  const session = hub.session.get()
  if (session.status !== 'in') throw new Error(`${name} is not signed in`)
  return session.me
}

/** What a person asks of the server, in the browser's name; throws when refused. */
export async function asks<T>({ page, url, name }: Person, method: string, path: string, data?: object): Promise<T> {
  const answer = await page.request.fetch(url + path, { method, ...(data && { data }), headers: { origin: url } })
  if (!answer.ok()) throw new Error(`${name} ${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return answer.json()
}

async function does<T>({ hub, name }: Guest, method: 'POST' | 'PATCH' | 'DELETE', path: string, body: object = {}) {
  const answer = await hub.api.send<T>(method, path, body)
  if (isRefusal(answer)) throw new Error(`${name} ${method} ${path}: ${answer.refused}`)
  return answer
}

/** Friends, requests, follows, a block, groups and what waits in them. */
export async function fillCircles(me: Person, { people, busy }: Lively, words: Words): Promise<Circles> {
  const { id } = await asks<Me>(me, 'GET', '/api/me')
  const about = { bio: words.bio, url: 'https://nora.example/', status: { text: words.status, until: null } }
  await asks(me, 'PATCH', '/api/me', about)
  const [mina, joon, seo, yun, haeun, jiwoo, yujin, taeo, long] = people as Guest[]
  if (!(mina && joon && seo && yun && haeun && jiwoo && yujin && taeo && long))
    throw new Error('nine people are needed')
  await does(mina, 'PATCH', '/api/me', about)
  await does(long, 'PATCH', '/api/me', { ...about, bio: words.talk[7]?.slice(0, 190), url: null })

  for (const friend of [mina, joon, yujin, long]) {
    await does(friend, 'POST', '/api/people/requests', { handle: me.handle })
    await asks(me, 'POST', `/api/people/requests/${meOf(friend).id}/accept`)
  }
  for (const one of [seo, jiwoo]) await does(one, 'POST', '/api/people/requests', { handle: me.handle })
  await asks(me, 'POST', '/api/people/requests', { handle: meOf(haeun).handle })
  for (const one of [mina, taeo, long]) await does(one, 'POST', `/api/people/following/${id}`)
  for (const one of [mina, haeun]) await asks(me, 'POST', `/api/people/following/${meOf(one).id}`)
  await does(mina, 'POST', '/api/people/requests', { handle: meOf(joon).handle })
  await does(joon, 'POST', `/api/people/requests/${meOf(mina).id}/accept`)
  await asks(me, 'POST', `/api/people/blocked/${meOf(yun).id}`)

  const names = words.groups
  const facts = { name: names.mine, description: names.about, openToRequests: true }
  const { groupId: led } = await asks<{ groupId: string }>(me, 'POST', '/api/groups', facts)
  const { code } = await asks<NewInvite>(me, 'POST', `/api/groups/${led}/invites`, { days: 7, uses: null })
  await asks(me, 'POST', `/api/groups/${led}/invites`, { days: null, uses: 5 })
  for (const one of [mina, joon, yujin, taeo, long]) await does(one, 'POST', '/api/groups/join', { code })
  for (const name of [names.room, names.second]) await asks(me, 'POST', `/api/groups/${led}/rooms`, { name })
  const member = (one: Guest) => `/api/groups/${led}/members/${meOf(one).id}`
  await asks(me, 'PATCH', member(mina), { role: 'manager' })
  await asks(me, 'POST', `${member(long)}/warn`, { reason: names.reason })
  await asks(me, 'POST', `${member(taeo)}/kick`, { reason: names.reason })
  for (const [i, one] of [seo, jiwoo].entries())
    await does(one, 'POST', `/api/groups/${led}/requests`, { text: i === 0 ? names.request : '' })

  const founded = (by: Guest, name: string, openToRequests: boolean) =>
    does<{ groupId: string }>(by, 'POST', '/api/groups', { name, openToRequests })
  const { groupId: other } = await founded(joon, names.other, false)
  await does(joon, 'POST', `/api/groups/${other}/invitations`, { handle: me.handle })
  await asks(me, 'POST', `/api/groups/${other}/invitations/accept`)
  const { groupId: invites } = await founded(mina, names.invites, false)
  await does(mina, 'POST', `/api/groups/${invites}/invitations`, { handle: me.handle })
  for (const [i, name] of names.open.entries()) {
    const { groupId } = await founded(i === 0 ? seo : i === 1 ? jiwoo : haeun, name, true)
    if (i === 0) await asks(me, 'POST', `/api/groups/${groupId}/requests`, {})
  }
  // Somebody sits in a room of the group: asleep and awake are to be seen.
  const group = await asks<{ rooms: { id: string }[] }>(me, 'GET', `/api/groups/${led}`)
  await yujin.hub.enter(group.rooms[0]?.id ?? busy)
  return { led, other, code }
}
