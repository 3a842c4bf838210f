import { expect, test } from 'vitest'
import { mentionAt, mentionedIn } from './mention.ts'

test('CHATVIEW-8: a handle is completed where it is typed', () => {
  expect(mentionAt('hi @An', 6)).toEqual({ from: 3, part: 'an' })
  expect(mentionAt('@', 1)).toEqual({ from: 0, part: '' })
  expect(mentionAt('mail@an', 7)).toBeNull()
  expect(mentionAt('hi @an you', 10)).toBeNull()
})

test('CHATVIEW-9: mentions are the members whose handle is written', () => {
  const members = [
    { userId: '1', handle: 'ana' },
    { userId: '2', handle: '지우' },
    { userId: '3', handle: 'ana.k' },
  ]
  expect(mentionedIn('@Ana, @지우! x@ana.k', members)).toEqual(['1', '2'])
})
