import type { ThingName } from './things.ts'

type Body = Readonly<Record<string, unknown>>
/** What a route answers to whom it does not concern; `attack.test.ts` asks every route of the OpenAPI document. */
export type Line = {
  /** Whose ids stand in the path: things of somebody else (`things.ts`), by the parameter's name. */
  readonly ids?: Readonly<Record<string, ThingName>>
  /** Statuses for: signed out, a stranger, somebody the owner has blocked, somebody removed (kicked, banned, withdrawn). */
  readonly out: number
  readonly stranger?: number
  readonly blocked?: number
  readonly removed?: number
  /** A body the owner himself would get through with; needed if the route takes one. */
  readonly body?: Body
  readonly query?: string
  /** What the owner gets with that body, where it is about himself or about nobody; 2xx else. */
  readonly through?: number
  /** Needs no session. */
  readonly open?: true
}

/** Concerns the caller alone. */
const own = (body?: Body, query?: string): Line => ({ out: 401, ...(body && { body }), ...(query && { query }) })
/** For anybody, signed in or not; `out` is what he gets with this body or query. */
const anyone = (out: number, body?: Body, query?: string): Line => ({
  ...own(body, query),
  ...{ out, open: true },
})
/** About things of somebody else: the statuses of stranger, blocked and removed, in this order. */
const of = (ids: Line['ids'] & object, [stranger, blocked, removed]: [number, number, number], body?: Body): Line => ({
  ...own(body),
  ...{ ids, stranger, blocked, removed },
})
const through = (status: number, line: Line): Line => ({ ...line, through: status })
/** For members of a group only: nobody else learns that there is one; who was removed is told that he was. */
const inGroup = (body?: Body): Line => of({ id: 'group' }, [404, 404, 403], body)
const ofMember = (body?: Body): Line => of({ id: 'group', user: 'user' }, [404, 404, 403], body)
/** Sign-in by others is off here, for everybody. */
const noProvider = (body?: Body): Line => through(404, of({ provider: 'provider' }, [404, 404, 404], body))
const password = 'corr3ct horse!'
const noPasskey = {
  ...{ id: 'none', rawId: 'none', type: 'public-key' },
  response: { clientDataJSON: 'none', attestationObject: 'none', authenticatorData: 'none', signature: 'none' },
}

/**
 * One line per route: a route without one fails the test, and so does a line without a route. How to add one:
 * - no id in the path: `'GET /api/x': own()`, with a body that works if it takes one; `anyone(status)` if no session is needed;
 * - an id in the path: `of({ id: 'room' }, [403, 403, 403])`: what it names (a new kind of thing goes to `things.ts`), and what
 *   a stranger, a blocked and a removed person get. 200 is right only where they really may.
 */
export const routes: Readonly<Record<string, Line>> = {
  'GET /api/session': anyone(200),
  'GET /api/me': own(),
  'PATCH /api/me': own({ name: 'Mina' }),
  'GET /api/me/presence': own(),
  'PATCH /api/me/presence': own({ choice: 'away' }),
  'GET /api/presence': own(undefined, 'users=nobody'),
  'GET /api/inbox': own(),
  'POST /api/inbox/read': own({ through: 0 }),
  'GET /api/study/today': own(),

  'POST /api/accounts/codes': anyone(200, { email: 'nobody@study.example', purpose: 'sign-up' }),
  'POST /api/accounts/sign-up': anyone(400, {}),
  'POST /api/accounts/reset': anyone(400, {}),
  'POST /api/accounts/password': own({ current: password, password: 'an0ther horse!' }),
  'POST /api/accounts/sign-in': anyone(401, { email: 'nobody@study.example', password }),
  'POST /api/accounts/sign-out': anyone(200),
  'GET /api/accounts/available': anyone(200, undefined, 'handle=nobody.here'),
  'GET /api/accounts/devices': own(),
  'POST /api/accounts/devices/end-others': own(),
  'DELETE /api/accounts/devices/{id}': of({ id: 'device' }, [404, 404, 404]),
  'POST /api/accounts/tokens': anyone(401, { email: 'nobody@study.example', password }),
  'POST /api/accounts/tokens/refresh': anyone(401, { refreshToken: 'nothing' }),
  'POST /api/accounts/sign-in/second-factor': anyone(401, { challenge: 'nothing', code: '000000' }),
  'GET /api/accounts/providers': anyone(200),
  'POST /api/accounts/providers/{provider}/begin': { ...noProvider({}), out: 404 },
  'GET /api/accounts/callback/{provider}': { ...noProvider(), out: 404 },
  'GET /api/me/providers': own(),
  'POST /api/me/providers/{provider}/link': noProvider({}),
  'DELETE /api/me/providers/{provider}': noProvider(),
  'GET /api/me/second-factor': own(),
  'POST /api/me/second-factor/begin': through(404, own({ password })),
  'POST /api/me/second-factor/confirm': through(409, own({ code: '000000' })),
  'POST /api/me/second-factor/off': own({ password }),
  'POST /api/me/second-factor/recovery-codes': through(409, own({ password })),
  'GET /api/me/passkeys': own(),
  'POST /api/me/passkeys': through(404, own({ ticket: 'nothing', name: 'Laptop', credential: noPasskey })),
  'POST /api/me/passkeys/begin': through(404, own({ password })),
  'PATCH /api/me/passkeys/{passkey}': through(404, of({ passkey: 'passkey' }, [404, 404, 404], { name: 'Mine' })),
  'POST /api/me/passkeys/{passkey}/remove': through(404, of({ passkey: 'passkey' }, [404, 404, 404], { password })),
  'POST /api/accounts/sign-in/passkey/begin': anyone(200),
  'POST /api/accounts/sign-in/passkey': anyone(401, { ticket: 'nothing', credential: noPasskey }),
  'GET /api/me/export': own(),
  'POST /api/me/export': own(),
  'POST /api/me/export/{id}/link': of({ id: 'export' }, [404, 404, 404]),
  'POST /api/me/delete': own({ password }),

  'POST /api/me/image': own(),
  'DELETE /api/me/image': own(),

  'GET /api/people': own(undefined, 'q=nobody'),
  'GET /api/people/counts': own(),
  'GET /api/people/faces': own(undefined, 'ids=nobody'),
  'GET /api/people/friends': own(),
  'DELETE /api/people/friends/{id}': of({ id: 'user' }, [404, 404, 404]),
  'GET /api/people/requests': own(),
  'POST /api/people/requests': through(404, own({ handle: 'nobody.here' })),
  'POST /api/people/requests/{id}/accept': of({ id: 'user' }, [404, 404, 404]),
  'DELETE /api/people/requests/{id}': of({ id: 'user' }, [404, 404, 404]),
  'GET /api/people/blocked': own(),
  'GET /api/people/blocked/ids': own(),
  'POST /api/people/blocked/{id}': of({ id: 'user' }, [200, 200, 200]),
  'DELETE /api/people/blocked/{id}': of({ id: 'user' }, [200, 200, 200]),
  'POST /api/people/following/{id}': of({ id: 'user' }, [200, 404, 200]),
  'DELETE /api/people/following/{id}': of({ id: 'user' }, [200, 404, 200]),
  'GET /api/people/{id}': of({ id: 'user' }, [200, 404, 200]),
  'GET /api/people/{id}/followers': of({ id: 'user' }, [200, 404, 200]),
  'GET /api/people/{id}/following': of({ id: 'user' }, [200, 404, 200]),

  'GET /api/me/check': own(),
  // A check is of who sits there: of nobody else, and of nobody who does not.
  'POST /api/rooms/{id}/check': through(409, of({ id: 'room' }, [409, 409, 409], { asked: 1 })),

  'GET /api/study/summary': own(),
  'GET /api/study/days': own(undefined, 'from=2026-01-01&to=2026-01-02'),
  'GET /api/study/days/{day}': { ...own(), ids: { day: 'day' }, stranger: 200, blocked: 200, removed: 200 },
  'PATCH /api/study/settings': own({}),
  'GET /api/study/boards': own(),
  'GET /api/study/boards/friends': own(),
  'GET /api/study/boards/groups/{group}': of({ group: 'group' }, [404, 404, 404]),

  'GET /api/groups': own(),
  'POST /api/groups': own({ name: 'Another group' }),
  'GET /api/groups/open': own(),
  'POST /api/groups/preview': anyone(404, { code: 'none' }),
  'POST /api/groups/join': through(404, own({ code: 'none' })),
  'GET /api/groups/{id}': inGroup(),
  'PATCH /api/groups/{id}': inGroup({ name: 'Renamed' }),
  'DELETE /api/groups/{id}': inGroup(),
  'POST /api/groups/{id}/image': inGroup(),
  'DELETE /api/groups/{id}/image': inGroup(),
  'POST /api/groups/{id}/withdraw': through(409, inGroup({})),
  'POST /api/groups/{id}/transfer': through(409, inGroup({ to: 'nobody' })),
  'POST /api/groups/{id}/rooms': inGroup({ name: 'Room of a group' }),
  'GET /api/groups/{id}/members': inGroup(),
  'PATCH /api/groups/{id}/members/{user}': through(409, ofMember({ role: 'member' })),
  'POST /api/groups/{id}/members/{user}/warn': through(409, ofMember({})),
  'POST /api/groups/{id}/members/{user}/kick': through(409, ofMember({})),
  'POST /api/groups/{id}/members/{user}/ban': through(409, ofMember({})),
  'GET /api/groups/{id}/removed': inGroup(),
  'DELETE /api/groups/{id}/removed/{user}': ofMember(),
  'POST /api/groups/{id}/code': inGroup({}),
  'GET /api/groups/{id}/invites': inGroup(),
  'POST /api/groups/{id}/invites': inGroup({}),
  'DELETE /api/groups/{id}/invites/{invite}': of({ id: 'group', invite: 'invite' }, [404, 404, 403]),
  'POST /api/groups/{id}/invitations': through(404, inGroup({ handle: 'nobody.here' })),
  'POST /api/groups/{id}/invitations/accept': of({ id: 'group' }, [404, 404, 404], {}),
  'DELETE /api/groups/{id}/invitations/mine': of({ id: 'group' }, [404, 404, 404]),
  'GET /api/groups/{id}/requests': inGroup(),
  'POST /api/groups/{id}/requests': through(409, of({ id: 'group' }, [404, 404, 404], {})),
  'POST /api/groups/{id}/requests/{user}/accept': ofMember(),
  'DELETE /api/groups/{id}/requests/{user}': ofMember(),

  'POST /api/lobby/enter': own({}),
  'GET /api/rooms': anyone(200),
  'POST /api/rooms': own({ name: 'Another room' }),
  'GET /api/rooms/mine': own(),
  'GET /api/rooms/{id}': { ...of({ id: 'room' }, [200, 200, 200]), out: 200 },
  'PATCH /api/rooms/{id}': of({ id: 'room' }, [403, 403, 403], { name: 'Renamed' }),
  'DELETE /api/rooms/{id}': of({ id: 'room' }, [403, 403, 403]),
  // An open room is open, also to whom its owner has blocked: they may sit in one room.
  'POST /api/rooms/{id}/enter': of({ id: 'room' }, [200, 200, 403], {}),
  'GET /api/rooms/{id}/messages': of({ id: 'room' }, [409, 409, 403]),
  'GET /api/rooms/{id}/messages/{number}/past': of({ id: 'room', number: 'message' }, [409, 409, 403]),
}
