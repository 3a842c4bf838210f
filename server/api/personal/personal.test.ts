import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ExportJob } from '#schemas/api/personal.ts'
import { closeCodes } from '#schemas/closeCodes.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { codeOf, newPerson, PASSWORD, Person } from '#server/testing/person.ts'
import { sit } from '#server/testing/sit.ts'

let server: InProcess
beforeAll(async () => {
  server = await inProcess()
})
afterAll(() => server.stop())

const roomOf = async (person: Person) => {
  const { body } = await person.post('/api/rooms', { name: 'Desk', kind: 'staying', level: 'free', capacity: 10 })
  return (body as { roomId: string }).roomId
}
const exportOf = async (person: Person) => {
  expect((await person.post('/api/me/export')).status).toBe(201)
  return vi.waitFor(
    async () => {
      const { export: job } = (await person.get('/api/me/export')).body as { export: ExportJob }
      expect(job.state).toBe('done')
      return job
    },
    { timeout: 10_000 },
  )
}
const rows = <T>(sql: string, ...values: string[]): T[] => rowsOf('studyhub.db', sql, ...values)
const rowsOf = <T>(name: string, sql: string, ...values: string[]): T[] => {
  const file = new DatabaseSync(join(server.dataDir, name), { readOnly: true, timeout: 5000 })
  const found = file.prepare(sql).all(...values) as T[]
  file.close()
  return found
}
function unzipped(zip: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'export-'))
  writeFileSync(join(folder, 'it.zip'), zip)
  execFileSync('python3', ['-m', 'zipfile', '-e', join(folder, 'it.zip'), folder])
  return folder
}

describe('export', () => {
  test('DATA-3: an export is made in the background and is a ZIP with all parts, fetched by a URL that only its owner gets', async () => {
    const mina = await newPerson(server.url)
    const seat = await sit(mina, await roomOf(mina))
    await seat.request('chat.send', { outbox: 'box', n: 1, text: 'my own words', mentions: [] })
    await vi.waitFor(() => expect(rows('select 1 from room_visitor where user_id = ?', mina.me.id)).toHaveLength(1))
    // Another read model than the room's: it may come later.
    await vi.waitFor(() => expect(rowsOf('archive.db', 'select 1 from message')).toHaveLength(1))
    const job = await exportOf(mina)
    expect(job.done).toBe(job.total)
    const thief = await newPerson(server.url)
    expect((await thief.post(`/api/me/export/${job.id}/link`)).status).toBe(404)
    const { url, expiresAt } = (await mina.post(`/api/me/export/${job.id}/link`)).body as {
      url: string
      expiresAt: number
    }
    expect(expiresAt - Date.now()).toBeLessThanOrEqual(60_000)
    const answer = await fetch(server.url + url)
    expect(answer.headers.get('content-disposition')).toContain(`studyhub-${mina.me.handle}.zip`)
    const zip = Buffer.from(await answer.arrayBuffer())
    expect(zip.length).toBe(job.file?.bytes)
    const folder = unzipped(zip)
    const json = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'))
    expect(json('profile/profile.json')).toMatchObject({ handle: mina.me.handle })
    expect(json('account/account.json')).toMatchObject({ email: mina.me.email, signIn: ['credential'] })
    expect(json('rooms/rooms.json')).toHaveLength(1)
    expect(json('messages/messages.json')).toMatchObject([{ text: 'my own words' }])
    expect(zip.includes(PASSWORD)).toBe(false)
    const forged = url.replace(/.(?=$|&)/, (c) => (c === 'A' ? 'B' : 'A'))
    expect((await fetch(server.url + forged)).ok).toBe(false)
    await seat.leave()
  })

  test('DATA-3: asking again while one is under way gives the same; of many there is a limit', async () => {
    const mina = await newPerson(server.url)
    const both = await Promise.all([mina.post('/api/me/export'), mina.post('/api/me/export')])
    const ids = new Set(both.map((answer) => (answer.body as ExportJob).id))
    const left = rows<{ id: string }>("select id from personal_job where user_id = ? and kind = 'export'", mina.me.id)
    expect(left.map((row) => row.id).sort()).toEqual([...ids].sort())
    const more: (string | undefined)[] = []
    for (let i = 0; i < 6; i++) {
      const answer = await mina.post('/api/me/export')
      if (answer.status !== 201) more.push(codeOf(answer))
      await vi.waitFor(
        async () => expect((await mina.get('/api/me/export')).body).toMatchObject({ export: { state: 'done' } }),
        { timeout: 10_000 },
      )
    }
    expect(more.length).toBeGreaterThan(0)
    expect(new Set(more)).toEqual(new Set(['too_many_tries']))
  })
})

describe('deletion', () => {
  test('DATA-5: it wants the password again; guessing it is slow', async () => {
    const mina = await newPerson(server.url)
    for (let i = 0; i < 5; i++)
      expect(codeOf(await mina.post('/api/me/delete', { password: `Guess${i}!` }))).toBe('bad_credentials')
    expect(codeOf(await mina.post('/api/me/delete', { password: PASSWORD }))).toBe('too_many_tries')
    expect((await mina.get('/api/me')).status).toBe(200)
  })

  test('DATA-5: without a password only a session of the last ten minutes will do', async () => {
    const mina = await newPerson(server.url)
    const file = new DatabaseSync(join(server.dataDir, 'studyhub.db'), { timeout: 5000 })
    const past = new Date(Date.now() - 11 * 60_000).toISOString()
    file.prepare('update session set createdAt = ? where userId = ?').run(past, mina.me.id)
    file.close()
    expect(codeOf(await mina.post('/api/me/delete', {}))).toBe('sign_in_again')
    expect((await mina.post('/api/me/delete', { password: PASSWORD })).status).toBe(200)
  })

  test('DATA-4: sessions, sockets and e-mail end at once; in the end nothing names the person, and others are untouched', async () => {
    const [mina, jun] = [await newPerson(server.url, 'Mina Secret'), await newPerson(server.url, 'Jun')]
    const roomId = await roomOf(mina)
    const seat = await sit(mina, roomId)
    await seat.request('chat.send', { outbox: 'box', n: 1, text: 'what stays', mentions: [] })
    const other = await sit(jun, roomId)
    await exportOf(mina)
    const gone = new Promise<number>((resolve) => void seat.onLeave(resolve))
    expect((await mina.post('/api/me/delete', { password: PASSWORD })).status).toBe(200)
    expect(await gone).toBe(closeCodes.signedOut)
    const back = await new Person(server.url).post('/api/accounts/sign-in', {
      email: mina.me.email,
      password: PASSWORD,
    })
    expect(codeOf(back)).toBe('bad_credentials')
    await vi.waitFor(
      () =>
        expect(rows("select state from personal_job where user_id = ? and kind = 'erase'", mina.me.id)).toEqual([
          { state: 'done' },
        ]),
      { timeout: 10_000 },
    )
    for (const [table, column] of [
      ...[
        ['user', 'id'],
        ['session', 'userId'],
        ['account', 'userId'],
        ['profile', 'user_id'],
      ],
      ...[
        ['study_interval', 'user_id'],
        ['read_marker', 'user_id'],
        ['room_visitor', 'user_id'],
      ],
    ] as [string, string][])
      expect(rows(`select 1 from ${table} where ${column} = ?`, mina.me.id), table).toEqual([])
    expect(rows("select 1 from personal_job where kind = 'export' and user_id = ?", mina.me.id)).toEqual([])
    const { messages } = (await jun.get(`/api/rooms/${roomId}/messages`)).body as {
      messages: { text: string; authorName: string }[]
    }
    expect(messages).toMatchObject([{ text: 'what stays', authorName: '' }])
    // Who sits there, and who comes later.
    await vi.waitFor(() => expect(JSON.stringify(other.state.toJSON())).not.toContain('Mina Secret'))
    expect([...other.state.chat].filter((slot) => slot.number === 1)).toMatchObject([
      { author: mina.me.id, authorName: '', text: 'what stays' },
    ])
    expect((await jun.get('/api/me')).status).toBe(200)
    await other.leave()
  })
})
