// Loaded before a measured server's own code: answers what the process has used so far, and profiles its main thread when
// told to. Nothing else of it is touched.
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'

export type Usage = {
  /** CPU of all threads so far, user and system, microseconds. */
  readonly cpu: number
  /** Heap and memory outside it after a collection, bytes. */
  readonly memory: number
  readonly rss: number
}
/** A profile of the main thread begins, or ends and is written into a file (`.cpuprofile`); answered by `profiled`. */
export type ProfileOrder = { readonly profile: 'begin' } | { readonly profile: 'end'; readonly file: string }

let session: Session | undefined

async function profile(order: ProfileOrder): Promise<void> {
  if (order.profile === 'begin') {
    session = new Session()
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.setSamplingInterval', { interval: 200 })
    await session.post('Profiler.start')
  } else if (session) {
    const { profile } = await session.post('Profiler.stop')
    writeFileSync(order.file, JSON.stringify(profile))
    session.disconnect()
  }
  process.send?.('profiled')
}

process.on('message', (message: string | ProfileOrder) => {
  if (typeof message === 'object') {
    if ('profile' in message) void profile(message)
    return
  }
  if (message !== 'usage' && message !== 'usage after collection') return
  if (message === 'usage after collection') globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  const { heapUsed, external, rss } = process.memoryUsage()
  process.send?.({ cpu: user + system, memory: heapUsed + external, rss } satisfies Usage)
})
process.channel?.unref()
// Never outlives the bench.
process.on('disconnect', () => process.exit(1))
