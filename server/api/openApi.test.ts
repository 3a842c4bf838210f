import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { Person } from '#server/testing/person.ts'

let server: InProcess
beforeAll(async () => {
  server = await inProcess()
})
afterAll(() => server.stop())

type Operation = {
  summary?: string
  responses: Record<string, { content?: Record<string, { schema: object }> }>
  requestBody?: { content: Record<string, { schema: { properties?: object } }> }
  parameters?: { name: string; in: string }[]
}
type Document = {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
}

test('API-1: the document is OpenAPI 3.1 and has every route, made from the code', async () => {
  const { status, body } = await new Person(server.url).get('/api/openapi.json')
  expect(status).toBe(200)
  const { openapi, paths } = body as Document
  expect(openapi).toMatch(/^3\.1\./)
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(routes.sort()).toEqual(
    [
      ...['GET /api/accounts/available', 'GET /api/accounts/devices', 'DELETE /api/accounts/devices/{id}'],
      ...['POST /api/accounts/sign-in', 'POST /api/accounts/sign-out', 'POST /api/accounts/sign-up'],
      ...['POST /api/accounts/codes', 'POST /api/accounts/password', 'POST /api/accounts/reset'],
      ...['GET /api/me', 'GET /api/session', 'PATCH /api/me', 'GET /api/study/today', 'POST /api/lobby/enter'],
      ...['GET /api/rooms', 'POST /api/rooms', 'GET /api/rooms/mine', 'GET /api/rooms/{id}', 'PATCH /api/rooms/{id}'],
      ...['DELETE /api/rooms/{id}', 'POST /api/rooms/{id}/enter', 'GET /api/rooms/{id}/messages'],
      ...['GET /api/people', 'GET /api/people/counts', 'GET /api/people/faces', 'GET /api/people/friends'],
      ...['DELETE /api/people/friends/{id}', 'GET /api/people/requests', 'POST /api/people/requests'],
      ...['POST /api/people/requests/{id}/accept', 'DELETE /api/people/requests/{id}', 'GET /api/people/blocked'],
      ...['GET /api/people/blocked/ids', 'POST /api/people/blocked/{id}', 'DELETE /api/people/blocked/{id}'],
      ...['POST /api/people/following/{id}', 'DELETE /api/people/following/{id}', 'GET /api/people/{id}'],
      ...['GET /api/people/{id}/followers', 'GET /api/people/{id}/following'],
      ...['POST /api/me/image', 'DELETE /api/me/image'],
      'GET /api/rooms/{id}/messages/{number}/past',
      ...[
        'GET /api/presence',
        'GET /api/me/presence',
        'GET /api/me/check',
        'POST /api/rooms/{id}/check',
        'PATCH /api/me/presence',
        'GET /api/inbox',
        'POST /api/inbox/read',
      ],
      ...['GET /api/study/days', 'GET /api/study/days/{day}', 'GET /api/study/summary', 'PATCH /api/study/settings'],
      ...['GET /api/study/boards', 'GET /api/study/boards/friends', 'GET /api/study/boards/groups/{group}'],
      ...['POST /api/accounts/devices/end-others', 'POST /api/accounts/tokens', 'POST /api/accounts/tokens/refresh'],
      ...[
        'GET /api/groups',
        'POST /api/groups',
        'GET /api/groups/open',
        'GET /api/groups/{id}',
        'PATCH /api/groups/{id}',
      ],
      ...['DELETE /api/groups/{id}', 'POST /api/groups/{id}/withdraw', 'POST /api/groups/{id}/transfer'],
      ...['POST /api/groups/{id}/image', 'DELETE /api/groups/{id}/image'],
      ...['POST /api/groups/{id}/rooms', 'POST /api/groups/preview', 'POST /api/groups/join'],
      ...['POST /api/groups/{id}/code', 'GET /api/groups/{id}/invites', 'POST /api/groups/{id}/invites'],
      ...['DELETE /api/groups/{id}/invites/{invite}', 'POST /api/groups/{id}/invitations'],
      ...['POST /api/groups/{id}/invitations/accept', 'DELETE /api/groups/{id}/invitations/mine'],
      ...['GET /api/groups/{id}/requests', 'POST /api/groups/{id}/requests'],
      ...['POST /api/groups/{id}/requests/{user}/accept', 'DELETE /api/groups/{id}/requests/{user}'],
      ...['GET /api/groups/{id}/members', 'PATCH /api/groups/{id}/members/{user}'],
      ...['warn', 'kick', 'ban'].map((act) => `POST /api/groups/{id}/members/{user}/${act}`),
      ...['GET /api/groups/{id}/removed', 'DELETE /api/groups/{id}/removed/{user}'],
      'GET /api/me/passkeys',
      'POST /api/me/passkeys',
      'POST /api/me/passkeys/begin',
      'PATCH /api/me/passkeys/{passkey}',
      'POST /api/me/passkeys/{passkey}/remove',
      'POST /api/accounts/sign-in/passkey/begin',
      'POST /api/accounts/sign-in/passkey',
      ...['GET /api/me/second-factor', 'POST /api/me/second-factor/begin', 'POST /api/me/second-factor/confirm'],
      ...['POST /api/me/second-factor/off', 'POST /api/me/second-factor/recovery-codes'],
      'POST /api/accounts/sign-in/second-factor',
      ...['GET /api/accounts/providers', 'POST /api/accounts/providers/{provider}/begin', 'GET /api/me/providers'],
      ...['POST /api/me/providers/{provider}/link', 'DELETE /api/me/providers/{provider}'],
      'GET /api/accounts/callback/{provider}',
      ...['GET /api/me/export', 'POST /api/me/delete', 'POST /api/me/export', 'POST /api/me/export/{id}/link'],
    ].sort(),
  )
})

test('API-1: every operation has a summary, its path parameters, typed bodies and the error envelope', async () => {
  const { body } = await new Person(server.url).get('/api/openapi.json')
  for (const [path, operations] of Object.entries((body as Document).paths))
    for (const [method, operation] of Object.entries(operations)) {
      const where = `${method} ${path}`
      if ('302' in operation.responses) continue // leads on, whatever happened
      expect(operation.summary, where).toBeTruthy()
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const given = (operation.parameters ?? []).filter((p) => p.in === 'path').map((p) => p.name)
      expect(given, where).toEqual(named)
      expect(operation.responses['500']?.content?.['application/json']?.schema, where).toHaveProperty(
        'properties.error',
      )
      const taken = operation.requestBody?.content['application/json']?.schema
      const raw = operation.requestBody?.content['application/octet-stream']
      if (operation.requestBody && !raw) expect(Object.keys(taken?.properties ?? {}).length, where).toBeGreaterThan(0)
    }
})
