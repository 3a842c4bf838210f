import { expect, test } from 'vitest'
import { byType, Rates, REFILL_MS, totalRate, usual } from './rates.ts'

/** How many of so many requests at this moment are not refused. */
const taken = (rates: Rates, user: string, type: string, now: number, of = 200) =>
  Array.from({ length: of }, () => rates.take(user, type, now)).filter(Boolean).length

test('PLACE-7: a user has one burst of a type and one of all together, then his rate; another user has his own', () => {
  const rates = new Rates()
  const { burst, perSecond } = byType['chat.send'] ?? usual
  expect(taken(rates, 'ana', 'chat.send', 0)).toBe(burst)
  expect(taken(rates, 'ana', 'hand.raise', 0)).toBeLessThanOrEqual(totalRate.burst - burst)
  expect(taken(rates, 'ben', 'chat.send', 0)).toBe(burst)
  expect(taken(rates, 'ana', 'chat.send', 500)).toBeLessThanOrEqual(perSecond / 2)
})

test('PLACE-7: whoever spreads requests over time gets his rate and no more, also while others are forgotten', () => {
  const rates = new Rates()
  const { burst, perSecond } = usual
  let allowed = 0
  for (let now = 0; now <= 60_000; now += 100) if (rates.take('ana', 'hand.raise', now)) allowed++
  expect(allowed).toBeGreaterThan(60 * perSecond - 1)
  expect(allowed).toBeLessThanOrEqual(burst + 60 * perSecond)
})

test('PLACE-7: a user is forgotten only when all his buckets are full again, and then he is', () => {
  for (const { burst, perSecond } of [totalRate, usual, ...Object.values(byType)])
    expect((burst / perSecond) * 1000).toBeLessThanOrEqual(REFILL_MS)
  const rates = new Rates()
  for (let i = 0; i < 5_000; i++) rates.take(`user ${i}`, 'chat.read', i)
  expect(rates.size).toBe(5_000)
  rates.take('ana', 'chat.read', 5_000 + REFILL_MS)
  rates.take('ana', 'chat.read', 5_000 + 2 * REFILL_MS)
  expect(rates.size).toBe(1)
})
