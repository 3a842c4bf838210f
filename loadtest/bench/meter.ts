// Loaded before a measured server's own code: answers what the process has used so far. Nothing else of it is touched.

export type Usage = {
  /** CPU of all threads so far, user and system, microseconds. */
  readonly cpu: number
  /** Heap and memory outside it after a collection, bytes. */
  readonly memory: number
  readonly rss: number
}

process.on('message', (message) => {
  if (message !== 'usage' && message !== 'usage after collection') return
  if (message === 'usage after collection') globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  const { heapUsed, external, rss } = process.memoryUsage()
  process.send?.({ cpu: user + system, memory: heapUsed + external, rss } satisfies Usage)
})
process.channel?.unref()
// Never outlives the bench.
process.on('disconnect', () => process.exit(1))
