import { expect, test } from 'vitest'
import { blocksOf, inlineOf } from './markdown.ts'

test('CHATVIEW-4: markdown-light knows code, bold, italic, strike, links and mentions', () => {
  expect(inlineOf('a `b` **c** *d* ~~e~~ @Ana.K')).toEqual([
    { kind: 'text', text: 'a ' },
    { kind: 'code', text: 'b' },
    { kind: 'text', text: ' ' },
    { kind: 'bold', parts: [{ kind: 'text', text: 'c' }] },
    { kind: 'text', text: ' ' },
    { kind: 'italic', parts: [{ kind: 'text', text: 'd' }] },
    { kind: 'text', text: ' ' },
    { kind: 'strike', parts: [{ kind: 'text', text: 'e' }] },
    { kind: 'text', text: ' ' },
    { kind: 'mention', text: '@Ana.K' },
  ])
})

test('CHATVIEW-5: only web addresses become links, without the punctuation behind them', () => {
  expect(inlineOf('see https://example.com/a?b=1).')).toEqual([
    { kind: 'text', text: 'see ' },
    { kind: 'link', href: 'https://example.com/a?b=1', text: 'https://example.com/a?b=1' },
    { kind: 'text', text: ').' },
  ])
  expect(inlineOf('javascript:alert(1)')).toEqual([{ kind: 'text', text: 'javascript:alert(1)' }])
})

test('CHATVIEW-6: markup stays text', () => {
  expect(inlineOf('<img src=x onerror=alert(1)>')).toEqual([{ kind: 'text', text: '<img src=x onerror=alert(1)>' }])
})

test('CHATVIEW-7: fenced code keeps its lines, quotes are joined', () => {
  expect(blocksOf('> a\n> b\n```ts\nx = `1`\n\ny\n```\nend')).toEqual([
    { kind: 'quote', lines: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]] },
    { kind: 'code', text: 'x = `1`\n\ny' },
    { kind: 'text', lines: [[{ kind: 'text', text: 'end' }]] },
  ])
})
