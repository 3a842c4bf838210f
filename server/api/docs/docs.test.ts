import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'

let server: InProcess
beforeAll(async () => {
  server = await inProcess()
})
afterAll(() => server.stop())

test('API-8: the page to try the API comes whole from here, under the ordinary content policy', async () => {
  const page = await fetch(`${server.url}/api/docs`)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
  const html = await page.text()
  expect(html).not.toMatch(/https?:\/\//)
  // Without inline scripts there is nothing the policy would have to let through.
  expect(html).not.toMatch(/<script(?![^>]*src=)/)
  const parts = [...html.matchAll(/(?:src|href)="(\/api\/[^"]+)"/g)].map(([, path]) => path ?? '')
  expect(parts).toHaveLength(3)
  for (const path of parts) {
    const part = await fetch(server.url + path)
    expect(part.status, path).toBe(200)
    expect(part.headers.get('content-type'), path).toMatch(/^text\/(css|javascript)/)
    expect((await part.text()).length, path).toBeGreaterThan(100)
  }
  expect(await (await fetch(`${server.url}/api/docs/start.js`)).text()).toContain("url: '/api/openapi.json'")
})
