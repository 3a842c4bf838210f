import type { Connection } from 'mongoose'
import { connectMongo } from '../archive/mongoConnection.ts'
import type { Lease } from './holdLease.ts'

const DUPLICATE = 11000
type LeaseDocument = { _id: string; owner: string; until: number }

/**
 * By this machine's clock (MongoDB has no cheap way to its own in an update): machines that share an archive keep their clocks
 * within seconds, as they do for everything else. `close` when it is not held any more.
 */
export async function mongoLease(url: string): Promise<Lease & { close(): Promise<void> }> {
  const connection: Connection = await connectMongo(url)
  const leases = connection.collection<LeaseDocument>('leases')
  return {
    async take(owner, leaseMs) {
      const now = Date.now()
      try {
        await leases.updateOne(
          { _id: 'process', $or: [{ owner }, { until: { $lt: now } }] },
          { $set: { owner, until: now + leaseMs } },
          { upsert: true },
        )
        return true
      } catch (error) {
        // It is there, and neither ours nor over: the upsert tried to make a second one.
        if (error instanceof Error && 'code' in error && error.code === DUPLICATE) return false
        throw error
      }
    },
    async free(owner) {
      await leases.deleteOne({ _id: 'process', owner })
    },
    close: () => connection.close(),
  }
}
