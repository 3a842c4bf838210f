/** How long the work took, in milliseconds, and what it failed with, null if it did not. */
export async function took(work: Promise<unknown>): Promise<{ ms: number; error: unknown }> {
  const from = performance.now()
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  return { ms: performance.now() - from, error }
}
