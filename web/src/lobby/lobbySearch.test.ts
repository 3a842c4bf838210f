import { expect, test } from 'vitest'
import { lobbySearch, queryOf, refined } from './lobbySearch.ts'

test('WEB-45: the address keeps search, level, sort, free seats and page; the usual is not written', () => {
  const search = { q: '수학', level: 'high', sort: 'busiest', free: true, after: 'c1', page: 3 } as const
  expect(lobbySearch(search)).toEqual(search)
  expect(lobbySearch({ q: '  ', sort: 'newest', free: false })).toEqual({})
})

test('WEB-45: an address that somebody made up shows the lobby all the same', () => {
  expect(lobbySearch({ q: 2026, level: 'x', sort: ['busiest'], after: { a: 1 }, page: -1 })).toEqual({ q: '2026' })
  expect(lobbySearch({ after: 'c', page: 'x' })).toEqual({ after: 'c', page: 2 })
})

test('WEB-45: another filter begins at its first page, and leaves the others as they are', () => {
  expect(refined({ q: 'a', after: 'c', page: 2 }, { level: 'free' })).toEqual({ q: 'a', level: 'free' })
  expect(queryOf(refined({ q: 'a', free: true }, { q: '' }))).toMatchObject({
    q: '',
    enterable: true,
    cursor: undefined,
    sort: 'newest',
  })
})
