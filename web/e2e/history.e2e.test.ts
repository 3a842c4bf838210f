import { expect, test } from 'vitest'
import type { StudyHandle } from '#client/types.ts'
import { allSent, guest, opensRoom, sitsDown } from './testing/crowd.ts'
import { houseForFile } from './testing/houseForFile.ts'

const house = houseForFile()
const ALL = 300

test('WEB-14: scrolling up loads older messages, what one reads stays where it is, and all are there once', async () => {
  const writers = await Promise.all(['Ana', 'Ben', 'Cho', 'Dan'].map((name) => guest(house().url, name)))
  const [host] = writers
  if (!host) throw new Error('nobody came')
  const roomId = await opensRoom(host, { name: 'Long talk' })
  const rooms: StudyHandle[] = []
  for (const writer of writers) rooms.push(await sitsDown(writer, roomId))
  for (let n = 1; n <= ALL; n++) {
    const room = rooms[n % rooms.length] as StudyHandle
    room.chat.send(`line ${String(n).padStart(3, '0')}`)
    await allSent(room)
  }
  const mina = await house().person('Mina')
  await mina.signUp(`/rooms/${roomId}`)
  await mina.isIn('Long talk')
  await mina.message(`line ${ALL}`).waitFor()

  // Asked for and measured in one go: rows are drawn anew when older ones come in front.
  const lines = () =>
    mina.log.evaluate((box) =>
      [...box.querySelectorAll('article')].map((row) => ({
        n: Number(/line (\d+)/.exec(row.textContent)?.[1]),
        top: row.getBoundingClientRect().top,
      })),
    )
  const seen = new Set<number>()
  const look = async () => {
    const now = await lines()
    const numbers = now.map(({ n }) => n)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const n of numbers) seen.add(n)
    return now
  }
  // Rows are measured after they are drawn: only then the list has come to its end.
  const settled = () =>
    mina.log.evaluate(async (box) => {
      const at = () => [
        box.scrollTop,
        box.scrollHeight,
        ...[...box.querySelectorAll('article')].map((row) => row.getBoundingClientRect().top),
      ]
      const before = at().join()
      for (let frames = 0; frames < 10; frames++) await new Promise(requestAnimationFrame)
      return before === at().join() && box.scrollHeight - box.scrollTop - box.clientHeight < 2
    })
  await expect.poll(settled).toBe(true)
  // Older ones come only when he has arrived at the very top: there too he stays where he is.
  await mina.page.route(/\/messages\?/, async (route) => {
    await expect.poll(() => mina.log.evaluate((box) => box.scrollTop)).toBe(0)
    await route.continue()
  })
  let before = await look()
  for (let i = 0; i < 200 && !seen.has(1); i++) {
    await mina.log.evaluate(async (box) => {
      box.scrollBy(0, -200)
      for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame)
    })
    const after = new Map((await look()).map(({ n, top }) => [n, top]))
    // Every row that is still there moved by what was scrolled at most, and all by the same.
    const moves = before.flatMap(({ n, top }) => (after.has(n) ? [Math.round((after.get(n) as number) - top)] : []))
    expect(moves).not.toHaveLength(0)
    expect(Math.max(...moves) - Math.min(...moves)).toBeLessThanOrEqual(2)
    expect(Math.max(...moves)).toBeLessThanOrEqual(202)
    expect(Math.min(...moves)).toBeGreaterThanOrEqual(-2)
    before = await look()
  }
  expect(seen.size).toBe(ALL)
  await mina.log.evaluate((box) => box.scrollTo(0, 0))
  await mina.sees(mina.t.room.chat.beginning)

  // Somebody writes while one reads above: nothing moves.
  before = await look()
  rooms[0]?.chat.send('line 301')
  await mina.page.getByRole('button', { name: '1 new message' }).waitFor()
  const later = new Map((await look()).map(({ n, top }) => [n, top]))
  for (const { n, top } of before) expect(later.get(n)).toBe(top)
  await mina.page.getByRole('button', { name: '1 new message' }).click()
  await mina.message('line 301').waitFor()
  await Promise.all(writers.map(({ hub }) => hub.close()))
})
