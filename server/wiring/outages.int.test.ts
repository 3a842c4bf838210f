import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMongoArchive } from '#persistence/archive/mongoArchive.ts'
import { mongoForTest } from '#persistence/archive/testing/mongoForTest.ts'
import { openMysqlDatabase } from '#persistence/database/mysqlDatabase.ts'
import { mysqlForTest } from '#persistence/database/testing/mysqlForTest.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { codeOf, newPerson, type Person } from '#server/testing/person.ts'
import { type Sitting, sit } from '#server/testing/sit.ts'
import { type RealServer, startServer } from '../../ops/servers/startServer.ts'

let servers: RealServer[]
let urls: { mysql: string; mongo: string }
let node: InProcess
let mina: Person
let room: Sitting
let watching: Sitting
let sent = 0
beforeAll(async () => {
  const [mysql, mongo] = await Promise.all([startServer('mysql'), startServer('mongo')])
  servers = [mysql, mongo]
  urls = {
    mysql: (await mysqlForTest(mysql.settings['MYSQL_URL'])).url,
    mongo: (await mongoForTest(mongo.settings['MONGO_URL'])).url,
  }
  node = await inProcess({ MYSQL_URL: urls.mysql, MONGO_URL: urls.mongo })
  mina = await newPerson(node.url)
  const made = await mina.post('/api/rooms', { kind: 'staying', name: 'Through the outage' })
  const { roomId } = made.body as { roomId: string }
  room = await sit(mina, roomId)
  watching = await sit(await newPerson(node.url, 'Eva'), roomId)
})
afterAll(async () => {
  await node.stop()
  for (const server of servers) await server.stop()
})

/** Sends and waits until the other has seen all of it. */
async function say(count: number) {
  for (let i = 0; i < count; i++) {
    sent += 1
    const message = { outbox: 'mina', n: sent, text: `message ${sent}`, mentions: [] }
    // Who talks too fast is refused for a moment; a repeat is recognised by its n.
    await expect.poll(() => room.request('chat.send', message), { timeout: 20_000 }).toMatchObject({ number: sent })
  }
  while (watching.state.chatHead < sent)
    await new Promise<void>((resolve) => watching.onStateChange.once(() => resolve()))
}

async function refusedSoon() {
  const from = performance.now()
  const answer = await mina.get('/api/me')
  expect([answer.status, codeOf(answer)]).toEqual([503, 'unavailable'])
  expect(answer.headers.get('retry-after')).toBe('2')
  expect(performance.now() - from).toBeLessThan(10_000)
}

async function allStored() {
  const archive = await openMongoArchive(urls.mongo)
  const db = openMysqlDatabase(urls.mysql)
  const chatHead = async () => (await db.selectFrom('room').select('chat_head').executeTakeFirst())?.chat_head
  await expect.poll(() => archive.newest(room.roomId), { timeout: 60_000 }).toBe(sent)
  await expect.poll(chatHead, { timeout: 60_000 }).toBe(sent)
  const stored = await archive.page(room.roomId, { after: 0, limit: 1_000 })
  expect(stored.map((m) => m.text)).toEqual(Array.from({ length: sent }, (_, i) => `message ${i + 1}`))
  await Promise.all([archive.close(), db.destroy()])
}

test.each([
  ['frozen', (server: RealServer) => server.pause(), (server: RealServer) => server.resume()],
  ['dead', (server: RealServer) => server.kill(), (server: RealServer) => server.start()],
])(
  'SERVER-42: with MySQL and MongoDB %s chat goes on, requests are refused in seconds, and afterwards all is stored',
  async (_, stop, start) => {
    await say(3)
    for (const server of servers) await stop(server)
    await say(20)
    await refusedSoon()
    await say(5)
    for (const server of servers) await start(server)
    await expect.poll(async () => (await mina.get('/api/me')).status, { timeout: 30_000 }).toBe(200)
    await say(2)
    await allStored()
  },
)
