/** Runs all tasks, so many at a time, in their order. Rejects with the first error. */
export async function inParallel<T>(tasks: readonly (() => Promise<T>)[], width: number): Promise<T[]> {
  const done: T[] = []
  let next = 0
  const worker = async () => {
    while (next < tasks.length) {
      const i = next++
      done[i] = (await tasks[i]?.()) as T
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  return done
}
