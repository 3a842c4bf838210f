import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf } from './day.ts'

const HOUR = 3_600_000
const at = (iso: string) => Date.parse(iso)

describe('the member’s own day', () => {
  test('STORE-20: begins at his hour, so that a night belongs to the evening before', () => {
    expect(dayOf(at('2026-11-20T19:59:59.999Z'), 'Asia/Seoul', 5)).toEqual({
      day: '2026-11-20',
      dayStartsAt: at('2026-11-19T20:00:00Z'),
      dayEndsAt: at('2026-11-20T20:00:00Z'),
    })
    expect(dayOf(at('2026-11-20T20:00:00Z'), 'Asia/Seoul', 5).day).toBe('2026-11-21')
  })

  test.each([
    [
      'spring forward makes 23 hours',
      '2026-03-29T03:00:00Z',
      'Europe/Berlin',
      0,
      '2026-03-28T23:00:00Z',
      '2026-03-29T22:00:00Z',
    ],
    [
      'fall back makes 25 hours',
      '2026-10-25T03:00:00Z',
      'Europe/Berlin',
      0,
      '2026-10-24T22:00:00Z',
      '2026-10-25T23:00:00Z',
    ],
    [
      'a skipped start hour begins at the jump',
      '2026-03-29T12:00:00Z',
      'Europe/Berlin',
      2,
      '2026-03-29T01:00:00Z',
      '2026-03-30T00:00:00Z',
    ],
    [
      'a doubled start hour begins the first time',
      '2026-10-25T12:00:00Z',
      'Europe/Berlin',
      2,
      '2026-10-25T00:00:00Z',
      '2026-10-26T01:00:00Z',
    ],
    [
      'midnight itself is skipped',
      '2026-04-24T12:00:00Z',
      'Africa/Cairo',
      0,
      '2026-04-23T22:00:00Z',
      '2026-04-24T21:00:00Z',
    ],
    [
      'half an hour of change',
      '2026-10-04T03:00:00Z',
      'Australia/Lord_Howe',
      0,
      '2026-10-03T13:30:00Z',
      '2026-10-04T13:00:00Z',
    ],
  ])('STORE-21: %s', (_, now, zone, hour, from, to) => {
    const day = dayOf(at(now), zone, hour)
    expect([day.dayStartsAt, day.dayEndsAt]).toEqual([at(from), at(to)])
  })

  test('STORE-21: a date that the zone never had is nobody’s day', () => {
    const eve = dayOf(at('2011-12-30T09:59:59Z'), 'Pacific/Apia', 0)
    const after = dayOf(eve.dayEndsAt, 'Pacific/Apia', 0)
    expect([eve.day, after.day, eve.dayEndsAt]).toEqual(['2011-12-29', '2011-12-31', at('2011-12-30T10:00:00Z')])
  })

  test('STORE-21: clocks set back over midnight do not bring yesterday back', () => {
    // St. John’s went from 00:01 back to 23:01 on 7 November 2010.
    const jump = at('2010-11-07T02:31:00Z')
    const day = dayOf(jump + 60_000, 'America/St_Johns', 0)
    expect(day).toEqual({ day: '2010-11-07', dayStartsAt: jump - 60_000, dayEndsAt: at('2010-11-08T03:30:00Z') })
  })

  test('STORE-21: an unknown zone throws', () => {
    expect(() => dayOf(0, 'Mars/Olympus', 5)).toThrow(RangeError)
  })

  const zones = ['UTC', 'Asia/Seoul', 'Europe/Berlin', 'America/New_York', 'America/Sao_Paulo', 'America/Havana', 'America/St_Johns',
    'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'Pacific/Chatham', 'Africa/Casablanca', 'Africa/Cairo', 'Asia/Beirut',
    'Antarctica/Troll', 'Asia/Tehran', 'America/Asuncion', 'Europe/London'] // biome-ignore format: a table
  const when = fc.integer({ min: at('1980-01-01T00:00:00Z'), max: at('2037-12-31T00:00:00Z') })
  const hour = fc.integer({ min: 0, max: 23 })

  test('STORE-21: days follow each other without gap or overlap, in every zone and for every hour', () => {
    fc.assert(
      fc.property(when, fc.constantFrom(...zones), hour, (now, zone, startHour) => {
        const day = dayOf(now, zone, startHour)
        expect(day.dayStartsAt).toBeLessThanOrEqual(now)
        expect(day.dayEndsAt).toBeGreaterThan(now)
        expect(dayOf(day.dayStartsAt, zone, startHour)).toEqual(day)
        expect(dayOf(day.dayEndsAt - 1, zone, startHour)).toEqual(day)
        const next = dayOf(day.dayEndsAt, zone, startHour)
        expect(next.dayStartsAt).toBe(day.dayEndsAt)
        expect(next.day > day.day).toBe(true)
        expect(day.dayEndsAt - day.dayStartsAt).toBeGreaterThan(20 * HOUR)
        expect(day.dayEndsAt - day.dayStartsAt).toBeLessThan(28 * HOUR)
      }),
      { numRuns: 400 },
    )
  })

  test('STORE-20: where no clock changes, the local clock shows the start hour', () => {
    fc.assert(
      fc.property(when, hour, (now, startHour) => {
        const { day, dayStartsAt } = dayOf(now, 'Asia/Kathmandu', startHour)
        const shown = new Intl.DateTimeFormat('sv', {
          timeZone: 'Asia/Kathmandu',
          dateStyle: 'short',
          timeStyle: 'short',
        })
        fc.pre(now > at('1986-01-02T12:00:00Z'))
        expect(shown.format(dayStartsAt)).toBe(`${day} ${String(startHour).padStart(2, '0')}:00`)
      }),
    )
  })
})
