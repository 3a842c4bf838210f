import { memoryPresence } from './memoryPresence.ts'
import { presenceContract } from './presence.contract.ts'

presenceContract('in memory', async () => {
  let now = 1_000_000
  const beats = new Map<string, number>()
  const nodes = async () => [...beats].map(([node, at]) => ({ node, at, silentMs: now - at }))
  return {
    book: memoryPresence({ nodes }),
    beat: async (node) => void beats.set(node, now),
    pass: async (ms) => {
      now += ms
    },
  }
})
