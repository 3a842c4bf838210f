import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StudyBoard, StudyDay, StudyDays, StudySummary } from '#schemas/api/study.ts'
import { addDays } from '#schemas/time/calendar.ts'
import { dayCalled } from '#schemas/time/day.ts'
import { type Circle, circle } from '#server/testing/circle.ts'
import { type InProcess, inProcess } from '#server/testing/inProcess.ts'
import { codeOf, newPerson, type Person } from '#server/testing/person.ts'

let server: InProcess
let db: Circle
beforeAll(async () => {
  server = await inProcess({ RATE_FACTOR: '100' })
  db = circle(server)
})
afterAll(async () => {
  await db.close()
  await server.stop()
})

const HOUR = 3_600_000
const MINUTE = 60_000
const summary = async (person: Person) => (await person.get('/api/study/summary')).body as StudySummary
const today = async (person: Person) => (await summary(person)).today

/** Books `minutes` from the beginning of a person's day on. */
async function studied(person: Person, day: string, minutes: number) {
  const { dayStartsAt } = dayCalled(day, person.me.timeZone, person.me.dayStartHour)
  await db.book(person.me.id, dayStartsAt, dayStartsAt + minutes * MINUTE)
}

test('RECORD-7: today, a day, the days and the summary say the same', async () => {
  const mina = await newPerson(server.url)
  const day = await today(mina)
  for (let i = 1; i <= 8; i++) await studied(mina, addDays(day, -i), 30)
  await studied(mina, day, 1)
  const { days } = (await mina.get(`/api/study/days?from=${addDays(day, -20)}&to=${day}`)).body as StudyDays
  expect(days).toHaveLength(9)
  expect(days.at(-1)).toEqual({ day, totalMs: MINUTE })
  const one = (await mina.get(`/api/study/days/${addDays(day, -3)}`)).body as StudyDay
  expect(one.totalMs).toBe(30 * MINUTE)
  expect(one.intervals).toEqual([{ from: one.dayStartsAt, to: one.dayStartsAt + 30 * MINUTE }])
  expect((await mina.get('/api/study/today')).body).toMatchObject({ day, totalMs: MINUTE })
  const all = await summary(mina)
  expect(all).toMatchObject({ todayMs: MINUTE, totalMs: 241 * MINUTE })
  expect(all.streak).toMatchObject({ length: 8, best: 8, freezes: 1, today: false })
  const sum = (from: string) => days.filter((d) => d.day >= from).reduce((ms, d) => ms + d.totalMs, 0)
  expect([all.week.totalMs, all.month.totalMs]).toEqual([sum(all.week.from), sum(all.month.from)])
})

test('RECORD-7: days that are none, too many days and strangers are refused', async () => {
  const mina = await newPerson(server.url)
  for (const path of ['days?from=2026-02-30&to=2026-03-01', 'days?from=2024-01-01&to=2026-01-01', 'days/2026-13-01'])
    expect(codeOf(await mina.get(`/api/study/${path}`)), path).toBe('invalid')
  expect(codeOf(await mina.get('/api/study/days?from=2026-02-02&to=2026-02-01'))).toBe('invalid')
  mina.cookie = ''
  for (const path of ['summary', 'days/2026-01-01', 'boards/friends'])
    expect(codeOf(await mina.get(`/api/study/${path}`))).toBe('unauthenticated')
})

test('RECORD-10: goals are kept, what is absent stays, and nothing absurd is taken', async () => {
  const mina = await newPerson(server.url)
  expect((await summary(mina)).settings).toEqual({ dailyGoalMs: 2 * HOUR, weeklyGoalMs: 10 * HOUR, onBoards: true })
  const change = (body: object) => mina.send('PATCH', '/api/study/settings', body)
  expect((await change({ dailyGoalMs: 3 * HOUR })).body).toMatchObject({ dailyGoalMs: 3 * HOUR, onBoards: true })
  expect((await change({ onBoards: false })).body).toMatchObject({ dailyGoalMs: 3 * HOUR, onBoards: false })
  expect(codeOf(await change({ dailyGoalMs: 25 * HOUR }))).toBe('invalid')
  expect(codeOf(await change({ dailyGoalMs: -1 }))).toBe('invalid')
})

test('RECORD-4: a change of zone leaves what was studied on its day', async () => {
  const mina = await newPerson(server.url)
  await mina.send('PATCH', '/api/me', { timeZone: 'Asia/Seoul', dayStartHour: 5 })
  const at = Date.parse('2026-03-02T05:00:00+09:00')
  await db.book(mina.me.id, at, at + HOUR)
  await mina.send('PATCH', '/api/me', { timeZone: 'America/Los_Angeles', dayStartHour: 0 })
  const { days } = (await mina.get('/api/study/days?from=2026-03-01&to=2026-03-03')).body as StudyDays
  expect(days).toEqual([{ day: '2026-03-02', totalMs: HOUR }])
})

test('RECORD-11: friends see each other’s time, strangers do not; a group only its members', async () => {
  const [mina, jun, eve] = await Promise.all([
    newPerson(server.url),
    newPerson(server.url, 'Jun'),
    newPerson(server.url, 'Eve'),
  ])
  const day = await today(mina)
  await studied(mina, day, 10)
  await studied(jun, day, 20)
  await studied(eve, day, 90)
  await db.befriend(mina.me.id, jun.me.id)
  await db.group('g-one', [mina.me.id, eve.me.id])
  const friends = (await mina.get('/api/study/boards/friends?period=day')).body as StudyBoard
  expect(friends.rows.map(({ rank, user, totalMs }) => [rank, user.name, totalMs / MINUTE])).toEqual([
    [1, 'Jun', 20],
    [2, 'Mina', 10],
  ])
  const group = (await mina.get('/api/study/boards/groups/g-one?period=week')).body as StudyBoard
  expect(group.rows.map(({ user }) => user.name)).toEqual(['Eve', 'Mina'])
  expect((await mina.get('/api/study/boards')).body).toEqual({ groups: [{ id: 'g-one', name: 'g-one' }] })
  expect((await jun.get('/api/study/boards')).body).toEqual({ groups: [] })
  expect(codeOf(await jun.get('/api/study/boards/groups/g-one'))).toBe('not_found')
  expect(codeOf(await jun.get('/api/study/boards/groups/none'))).toBe('not_found')
  await db.block(eve.me.id, mina.me.id)
  const blocked = (await mina.get('/api/study/boards/groups/g-one?period=month')).body as StudyBoard
  expect(blocked.rows.map(({ user }) => user.name)).toEqual(['Mina'])
})

test('RECORD-12, RECORD-13: equals share a rank over pages; who opted out is seen by himself alone', async () => {
  const people = await Promise.all(['Ann', 'Bea', 'Cho', 'Dan', 'Eun'].map((name) => newPerson(server.url, name)))
  const [ann, bea] = people as [Person, Person]
  const day = await today(ann)
  await Promise.all(people.map((person, i) => studied(person, day, [30, 90, 30, 30, 5][i] ?? 0)))
  await db.group(
    'g-two',
    people.map(({ me }) => me.id),
  )
  const board = (person: Person, cursor: string | null = null) =>
    person.get(`/api/study/boards/groups/g-two?period=day&limit=2${cursor ? `&cursor=${cursor}` : ''}`)
  const seen: StudyBoard['rows'] = []
  let next: string | null = null
  do {
    const page = (await board(ann, next)).body as StudyBoard
    seen.push(...page.rows)
    next = page.next
  } while (next)
  expect(seen.map(({ rank }) => rank)).toEqual([1, 2, 2, 2, 5])
  expect(new Set(seen.map(({ user }) => user.id)).size).toBe(5)
  expect(codeOf(await board(ann, 'nonsense'))).toBe('invalid')

  await bea.send('PATCH', '/api/study/settings', { onBoards: false })
  const without = (await board(ann)).body as StudyBoard
  expect(without.rows.map(({ rank }) => rank)).toEqual([1, 1])
  expect(without.mine?.rank).toBe(1)
  expect(((await board(bea)).body as StudyBoard).rows[0]).toMatchObject({ rank: 1, me: true })
})
