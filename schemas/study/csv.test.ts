import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test('RECORD-15: cells with commas, quotes or line ends are quoted, lines end in CR LF, a mark says UTF-8', () => {
  expect(
    csvOf([
      ['day', 'a "b"'],
      ['공부, 방', 3],
      ['two\nlines', -1.5],
    ]),
  ).toBe('\uFEFFday,"a ""b"""\r\n"공부, 방",3\r\n"two\nlines",-1.5\r\n')
})

test('RECORD-15: no cell is a formula', () => {
  expect(csvOf([['=1+1', '+x', '-cmd|x', '@SUM(A1)', '\tx', '-5']])).toBe(
    "\uFEFF'=1+1,'+x,'-cmd|x,'@SUM(A1),'\tx,-5\r\n",
  )
})
