import type { Device } from '#schemas/api/sessions.ts'
import type { Person } from './person.ts'
import { sit } from './sit.ts'

/** A thing of somebody, for others to try their hands on. */
type Thing = {
  /** Makes it and answers its id; `other` is the id of another thing of the same owner. */
  make(owner: Person, other: (name: ThingName) => Promise<string>): Promise<string>
  /** Takes somebody out of it who was in. */
  remove?(owner: Person, id: string, removed: Person): Promise<void>
}

async function done<T>(asked: ReturnType<Person['send']>): Promise<T> {
  const { status, body } = await asked
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body as T
}

const room: Thing = {
  async make(owner) {
    const { roomId } = await done<{ roomId: string }>(owner.post('/api/rooms', { kind: 'staying', name: 'A room' }))
    return roomId
  },
  async remove(owner, id, removed) {
    const hers = await sit(owner, id)
    await sit(removed, id)
    await hers.request('chat.send', { outbox: 'first', n: 1, text: 'the first message', mentions: [] })
    const answer = await hers.request('member.kick', { userId: removed.me.id, reason: '' })
    if ('refused' in answer) throw new Error(answer.refused)
    await hers.leave()
  },
}

const group: Thing = {
  async make(owner) {
    const made = await owner.post('/api/groups', { name: 'A group' })
    return made.status === 201 ? (made.body as { groupId: string }).groupId : 'none'
  },
  async remove(owner, id, removed) {
    if (id === 'none') return
    const { code } = await done<{ code: string }>(owner.get(`/api/groups/${id}`))
    await done(removed.post('/api/groups/join', { code }))
    await done(owner.post(`/api/groups/${id}/members/${removed.me.id}/kick`, {}))
  },
}
const invite: Thing = {
  async make(owner, other) {
    const made = owner.post(`/api/groups/${await other('group')}/invites`, {})
    return (await done<{ invite: { id: string } }>(made)).invite.id
  },
}

/** Kinds of things that routes name by an id. A new one: how it is made, and how somebody is taken out of it. */
const things: Readonly<Record<ThingName, Thing>> = {
  room,
  group,
  /** A link into the group of the same path. */
  invite,
  /** In the room of the same path. */
  message: { make: async () => '1' },
  user: { make: async (owner: Person) => owner.me.id },
  /** A way to sign in that is not set up here. */
  provider: { make: async () => 'google' },
  /** None: passkeys are off here. With some of one's own: `server/api/passkeys`. */
  passkey: { make: async () => '0'.repeat(64) },
  /** A day of the caller's own. */
  day: { make: async () => '2026-01-01' },
  device: {
    async make(owner: Person) {
      const { devices } = await done<{ devices: Device[] }>(owner.get('/api/accounts/devices'))
      return devices[0]?.id ?? ''
    },
  },
  export: { make: async (owner: Person) => (await done<{ id: string }>(owner.post('/api/me/export'))).id },
}

export type ThingName =
  | 'room'
  | 'message'
  | 'group'
  | 'invite'
  | 'user'
  | 'day'
  | 'provider'
  | 'device'
  | 'export'
  | 'passkey'
export const thingOf = (name: ThingName): Thing => things[name]
