import { expect, test } from 'vitest'
import { draftOf, keepDraft } from './drafts.ts'

function memory() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

test('WEB-44: a draft is kept for its user and room, and nothing is left of it once it is sent', () => {
  const store = memory()
  keepDraft(store, 'a', 'r', '안녕')
  expect(draftOf(store, 'a', 'r')).toBe('안녕')
  expect(draftOf(store, 'b', 'r')).toBe('')
  expect(draftOf(store, 'a', 'q')).toBe('')
  keepDraft(store, 'a', 'r', '')
  expect(store.kept.size).toBe(0)
})

test('WEB-44: a storage that refuses does not keep anybody from writing', () => {
  const refuses = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  const store = { getItem: refuses, setItem: refuses, removeItem: refuses }
  expect(() => keepDraft(store, 'a', 'r', 'x')).not.toThrow()
  expect(draftOf(store, 'a', 'r')).toBe('')
})
