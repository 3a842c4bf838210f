import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openMongoArchive } from '#persistence/archive/mongoArchive.ts'
import { mongoForTest } from '#persistence/archive/testing/mongoForTest.ts'
import { s3BlobStore } from '#persistence/blobs/s3BlobStore.ts'
import type { S3Settings } from '#persistence/blobs/s3Client.ts'
import { s3ForTest } from '#persistence/blobs/testing/s3ForTest.ts'
import { openMysqlDatabase } from '#persistence/database/mysqlDatabase.ts'
import { mysqlForTest } from '#persistence/database/testing/mysqlForTest.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { askCode, codeOf, newPerson, PASSWORD, Person, signUp } from '#server/testing/person.ts'
import { sit } from '#server/testing/sit.ts'
import { picture, uploadTo } from '#server/testing/upload.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

let server: InProcess
let env: Record<string, string>
let drops: (() => Promise<void>)[] = []
let s3Settings: S3Settings
beforeAll(async () => {
  const [mysql, mongo, s3] = await Promise.all([mysqlForTest(), mongoForTest(), s3ForTest()])
  drops = [mysql.drop, mongo.drop]
  s3Settings = s3
  env = {
    ...{ MYSQL_URL: mysql.url, MONGO_URL: mongo.url, S3_ENDPOINT: s3.endpoint, S3_BUCKET: s3.bucket },
    ...{ S3_ACCESS_KEY_ID: s3.accessKeyId, S3_SECRET_ACCESS_KEY: s3.secretAccessKey, S3_REGION: s3.region },
  }
  server = await inProcess(env)
})
afterAll(async () => {
  await server.stop()
  for (const drop of drops) await drop()
})

const account = (handle: string, more: object = {}) => ({
  ...{ email: `${handle}@study.example`, password: PASSWORD, name: '민아', handle },
  ...more,
})

describe('accounts on MySQL', () => {
  test('ACCT-1: sign-up makes user and profile and signs in; signing out ends the session; signing in opens one', async () => {
    const mina = new Person(server.url)
    await signUp(mina, account('mina'))
    expect((await mina.get('/api/me')).body).toMatchObject({ handle: 'mina', email: 'mina@study.example' })
    const again = new Person(server.url)
    const wrong = await again.post('/api/accounts/sign-in', { email: 'mina@study.example', password: `${PASSWORD}x` })
    expect(wrong.status).toBe(401)
    expect(
      (await again.post('/api/accounts/sign-in', { email: 'Mina@study.example', password: PASSWORD })).status,
    ).toBe(200)
    const { body } = await mina.get('/api/accounts/devices')
    expect((body as { devices: unknown[] }).devices).toHaveLength(2)
    expect((await mina.post('/api/accounts/sign-out', {})).status).toBeLessThan(300)
    expect((await mina.get('/api/me')).status).toBe(401)
    expect((await again.get('/api/me')).status).toBe(200)
  })

  test('ACCT-1: a changed password ends the other sessions; a bearer pair is good once', async () => {
    const eva = new Person(server.url)
    await signUp(eva, account('eva'))
    const other = new Person(server.url)
    const signIn = { email: 'eva@study.example', password: PASSWORD }
    await other.post('/api/accounts/sign-in', signIn)
    const bearer = await new Person(server.url).post('/api/accounts/tokens', signIn)
    const { refreshToken } = bearer.body as { refreshToken: string }
    const refresh = () => new Person(server.url).post('/api/accounts/tokens/refresh', { refreshToken })
    expect((await refresh()).status).toBe(200)
    expect((await refresh()).status).toBe(401)
    const changed = await eva.post('/api/accounts/password', { current: PASSWORD, password: `${PASSWORD}2` })
    expect(changed.status).toBe(200)
    expect((await other.get('/api/me')).status).toBe(401)
    expect((await eva.get('/api/me')).status).toBe(200)
    expect((await other.post('/api/accounts/sign-in', signIn)).status).toBe(401)
    expect((await other.post('/api/accounts/sign-in', { ...signIn, password: `${PASSWORD}2` })).status).toBe(200)
  })

  test('ACCT-2: of eight at once with one handle, one wins and the others leave nothing', async () => {
    const racers = Array.from({ length: 8 }, (_, i) => `racer${i}@study.example`)
    const codes = await Promise.all(racers.map((email) => askCode(new Person(server.url), email)))
    const tries = racers.map((email, i) =>
      new Person(server.url).post('/api/accounts/sign-up', account('racer', { email, code: codes[i] })),
    )
    const answers = await Promise.all(tries)
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)])
    expect(answers.filter((answer) => answer.status === 409).map(codeOf)).toEqual(
      Array.from({ length: 7 }, () => 'taken'),
    )
    const db = openMysqlDatabase(env['MYSQL_URL'] ?? '')
    const { rows } = await sql`select id from user where email like 'racer%'`.execute(db)
    expect(rows).toHaveLength(1)
    await db.destroy()
  })

  test('ACCT-19: the command gives a role in MySQL', async () => {
    const ana = await newPerson(server.url)
    const command = run(process.execPath, ['server/wiring/admin.ts', ana.me.handle, 'admin'], {
      cwd: project,
      env: { ...process.env, ...env, DATA: server.dataDir },
    })
    expect((await command).stdout.trim()).toBe(`@${ana.me.handle} is admin now.`)
    expect((await ana.get('/api/me')).body).toMatchObject({ role: 'admin' })
  })
})

describe('live places beside the servers', () => {
  test('SERVER-41: what is said goes to MongoDB, rooms and markers to MySQL, images to S3', async () => {
    const mina = await newPerson(server.url)
    const made = await mina.post('/api/rooms', { kind: 'staying', name: 'On servers' })
    const { roomId } = made.body as { roomId: string }
    const room = await sit(mina, roomId)
    await room.request('chat.send', { outbox: 'first', n: 1, text: 'kept far away', mentions: [] })
    await room.leave()
    const mongo = await openMongoArchive(env['MONGO_URL'] ?? '')
    const db = openMysqlDatabase(env['MYSQL_URL'] ?? '')
    await expect.poll(() => mongo.newest(roomId), { timeout: 20_000 }).toBe(1)
    expect((await mongo.byNumbers(roomId, [1]))[0]?.text).toBe('kept far away')
    const row = () => db.selectFrom('room').select(['name', 'chat_head']).where('id', '=', roomId).executeTakeFirst()
    await expect.poll(row, { timeout: 20_000 }).toEqual({ name: 'On servers', chat_head: 1 })
    const { body } = await uploadTo<{ image: string }>(mina, '/api/me/image', await picture('teal'))
    const s3 = s3BlobStore(s3Settings)
    expect((await s3.head(`avatar/${body.image}`))?.contentType).toBe('image/webp')
    expect((await fetch(`${server.url}/avatars/${body.image}`)).status).toBe(200)
    await Promise.all([mongo.close(), db.destroy(), s3.close()])
  }, 60_000)
})

describe('a start', () => {
  const start = (more: Record<string, string>) =>
    run(process.execPath, ['server/main.ts'], {
      cwd: project,
      env: { ...process.env, ...env, PORT: '0', DATA: `${server.dataDir}-other`, ...more },
    }).then(
      () => '',
      (error: { stderr: string }) => error.stderr,
    )

  test('SERVER-40: a process with another folder is refused each store that this one has', async () => {
    const told = await start({})
    for (const name of ['MYSQL_URL', 'MONGO_URL', 'S3_ENDPOINT'])
      expect(told).toMatch(new RegExp(`^ {2}${name}: another StudyHub uses it`, 'm'))
  })

  test('SERVER-41: all stores that cannot be reached are told in one list, without their passwords', async () => {
    const told = await start({
      MYSQL_URL: 'mysql://study:hidden@127.0.0.1:1/studyhub',
      MONGO_URL: 'mongodb://study:hidden@127.0.0.1:1/studyhub',
      S3_ENDPOINT: 'http://127.0.0.1:1',
      S3_SECRET_ACCESS_KEY: 'hidden',
    })
    for (const name of ['MYSQL_URL', 'MONGO_URL', 'S3_ENDPOINT'])
      expect(told).toMatch(new RegExp(`^ {2}${name}: cannot be used`, 'm'))
    expect(told).not.toContain('hidden')
  })
})
