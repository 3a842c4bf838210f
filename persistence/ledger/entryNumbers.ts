const BLOCK = 1000

/**
 * Hands out rising numbers from blocks that `reserve` has set aside for good and gives the first number of: an entry waits
 * for the disk once in a thousand. What a process leaves of its block is never used.
 */
export function entryNumbers(reserve: (count: number) => Promise<number>): () => Promise<number> {
  let next = 0
  let end = 0
  let filling: Promise<void> | null = null
  const fill = async () => {
    next = await reserve(BLOCK)
    end = next + BLOCK
  }
  return async () => {
    while (next === end) {
      filling ??= fill().finally(() => {
        filling = null
      })
      await filling
    }
    return next++
  }
}
