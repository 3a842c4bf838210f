import { expect, test } from 'vitest'
import { type Entry, fitting } from './paletteEntries.ts'

const entry = (label: string): Entry => ({ id: label, label, run: () => {} })
const entries = ['공유 타이머 시작', '공부 시작', 'Start studying', 'Restart', 'Study settings'].map(entry)
const labels = (typed: string) => fitting(entries, typed).map((e) => e.label)

test('WEB-42: the palette finds by every word typed, in any order, whatever the case and width', () => {
  expect(labels('STUDY start')).toEqual(['Start studying'])
  expect(labels('ｓｔａｒｔ')).toEqual(['Start studying', 'Restart'])
  expect(labels('시작')).toEqual(['공유 타이머 시작', '공부 시작'])
})
test('WEB-42: what begins with the words comes first; nothing typed keeps the order', () => {
  expect(labels('st')).toEqual(['Start studying', 'Study settings', 'Restart'])
  expect(labels(' ')).toEqual(entries.map((e) => e.label))
})
