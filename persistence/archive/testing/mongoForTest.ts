import { randomBytes } from 'node:crypto'
import mongoose from 'mongoose'
import { sharedServer } from '../../../ops/servers/sharedServer.ts'

/** The URL of a database of its own on the run's server, or on the one of `server`. */
export async function mongoForTest(server?: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const url = new URL(server ?? (await sharedServer('mongo'))['MONGO_URL'] ?? '')
  url.pathname = `studyhub_${randomBytes(6).toString('hex')}`
  return {
    url: url.href,
    async drop() {
      const connection = await mongoose.createConnection(url.href).asPromise()
      await connection.dropDatabase()
      await connection.close()
    },
  }
}
