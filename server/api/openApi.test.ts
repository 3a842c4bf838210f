import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { Person } from '#server/testing/person.ts'
import { routes } from '#server/testing/routes.ts'

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

test('API-1, API-9: the document is OpenAPI 3.1 and has the routes of the table, all of them and no other', async () => {
  const { status, body } = await new Person(server.url).get('/api/openapi.json')
  expect(status).toBe(200)
  const { openapi, paths } = body as Document
  expect(openapi).toMatch(/^3\.1\./)
  const there = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  // A route without a line in the table, a line without a route: both show here.
  expect(there.sort()).toEqual(Object.keys(routes).sort())
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
