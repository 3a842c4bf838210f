/** The handle being typed before the caret (`@an|`), or null. */
export function mentionAt(text: string, caret: number): { from: number; part: string } | null {
  const match = /(?:^|[^\p{L}\p{N}])@([\p{L}\p{N}._]{0,20})$/u.exec(text.slice(0, caret))
  if (!match) return null
  const part = match[1] ?? ''
  return { from: caret - part.length - 1, part: part.normalize('NFC').toLowerCase() }
}

/** Users whose handle stands in the text behind an @. */
export function mentionedIn(text: string, members: Iterable<{ userId: string; handle: string }>): string[] {
  const handles = new Set(
    [...text.matchAll(/(?<![\p{L}\p{N}])@([\p{L}\p{N}]+(?:[._][\p{L}\p{N}]+)*)/gu)].map((m) =>
      (m[1] ?? '').normalize('NFC').toLowerCase(),
    ),
  )
  return [...members].filter((m) => handles.has(m.handle)).map((m) => m.userId)
}
