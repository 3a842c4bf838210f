import { Agent, get, type IncomingMessage } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../testing/startServer.ts'

test('SERVER-14: a connection that nobody uses is kept longer than proxies keep theirs', async () => {
  const server = await startServer()
  const agent = new Agent({ keepAlive: true })
  onTestFinished(async () => {
    agent.destroy()
    await server.kill()
  })
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    get(`${server.url}/healthz`, { agent }, resolve).once('error', reject),
  )
  answer.resume()
  expect(answer.headers['keep-alive']).toBe('timeout=75')
})
