/** Numbers from 0 to 1 that are the same for the same words, at every start and on every machine. */
export function chance(...words: readonly (string | number)[]): () => number {
  let state = 2_166_136_261
  for (const letter of words.join(' ')) state = Math.imul(state ^ letter.charCodeAt(0), 16_777_619)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
