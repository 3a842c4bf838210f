import type { Me } from '#schemas/api/accounts.ts'
import { addDays } from '#schemas/time/calendar.ts'
import { circle } from '#server/testing/circle.ts'
import { cast } from '../../../loadtest/demo/cast.ts'
import { studyOn } from '../../../loadtest/demo/studyOn.ts'
import type { House } from '../testing/House.ts'
import type { Person } from '../testing/Person.ts'
import { asks, meOf } from './fillCircles.ts'
import type { Lively } from './fillPlace.ts'

/** A year of study for `me`, up to now, and a month for the others, as the demo's people have them. */
export async function fillYear(house: House, me: Person, { people }: Lively): Promise<void> {
  const facts = circle(house.server)
  const now = Date.now()
  const last = new Date(now + 86_400_000).toISOString().slice(0, 10)
  const { id } = await asks<Me>(me, 'GET', '/api/me')
  for (const [i, user] of [id, ...people.map((one) => meOf(one).id)].entries()) {
    const player = cast[i]
    if (!player) break
    const days = Array.from({ length: i === 0 ? 367 : 31 }, (_, back) => addDays(last, -back))
    const all = days.flatMap((day) => studyOn({ ...player, timeZone: 'Asia/Seoul' }, day))
    await facts.bookAll(
      user,
      all.filter(({ from }) => from < now).map(({ from, to }) => ({ from, to: Math.min(to, now) })),
    )
  }
  await facts.close()
  await asks(me, 'PATCH', '/api/study/settings', { dailyGoalMs: 3 * 3_600_000, weeklyGoalMs: 18 * 3_600_000 })
}
