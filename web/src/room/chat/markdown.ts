/** Markdown-light of a chat message (C1): code, bold, italic, strike, links, quotes. Never HTML: tokens become elements. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; parts: Inline[] }
  | { kind: 'link'; href: string; text: string }
  | { kind: 'mention'; text: string }
export type Block = { kind: 'code'; text: string } | { kind: 'quote' | 'text'; lines: Inline[][] }

const FENCE = /```(?:[a-z0-9+-]{0,20}\n)?([\s\S]*?)```/giu
// Only web addresses become links: anything else (javascript:, data:) stays text.
const TOKEN =
  /(`[^`\n]+`)|(\*\*[^*\n]+\*\*)|(~~[^~\n]+~~)|(?<![\p{L}\p{N}*])(\*[^*\s][^*\n]*\*)(?![\p{L}\p{N}*])|(https?:\/\/[^\s<>"']+)|(?<![\p{L}\p{N}])(@[\p{L}\p{N}]+(?:[._][\p{L}\p{N}]+)*)/gu

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let from = 0
  for (const match of text.matchAll(FENCE)) {
    pushLines(blocks, text.slice(from, match.index))
    blocks.push({ kind: 'code', text: (match[1] ?? '').replace(/\n$/u, '') })
    from = match.index + match[0].length
  }
  pushLines(blocks, text.slice(from))
  return blocks
}

function pushLines(blocks: Block[], text: string): void {
  const trimmed = text.replace(/^\n|\n$/gu, '')
  if (trimmed === '') return
  for (const raw of trimmed.split('\n')) {
    const kind = raw.startsWith('> ') ? 'quote' : 'text'
    const line = inlineOf(kind === 'quote' ? raw.slice(2) : raw)
    const last = blocks.at(-1)
    if (last && last.kind === kind) last.lines.push(line)
    else blocks.push({ kind, lines: [line] })
  }
}

export function inlineOf(text: string, depth = 0): Inline[] {
  const parts: Inline[] = []
  let from = 0
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) })
    from = match.index + match[0].length
    const inner = (mark: number) => (depth > 2 ? [textOf(match[0])] : inlineOf(match[0].slice(mark, -mark), depth + 1))
    if (match[1]) parts.push({ kind: 'code', text: match[1].slice(1, -1) })
    else if (match[2]) parts.push({ kind: 'bold', parts: inner(2) })
    else if (match[3]) parts.push({ kind: 'strike', parts: inner(2) })
    else if (match[4]) parts.push({ kind: 'italic', parts: inner(1) })
    else if (match[5]) {
      // Punctuation at the end belongs to the sentence.
      const href = match[5].replace(/[.,;:!?)\]}]+$/u, '')
      parts.push({ kind: 'link', href, text: href })
      if (href.length < match[5].length) parts.push(textOf(match[5].slice(href.length)))
    } else parts.push({ kind: 'mention', text: match[0] })
  }
  if (from < text.length) parts.push(textOf(text.slice(from)))
  return parts
}

const textOf = (text: string): Inline => ({ kind: 'text', text })
