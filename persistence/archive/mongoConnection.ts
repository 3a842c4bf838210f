import mongoose, { type Connection } from 'mongoose'
import { modelsOn } from './mongoModels.ts'
import { awayOr } from './mongoOutage.ts'

/** How long one answer may take. Without it a frozen server would be waited for without end. */
const ANSWER_MS = 3_000
const SETUP_MS = 10 * 60_000

/**
 * A connection on which nothing waits without end: not for a server, not for a free socket, not for an answer. Writes are
 * told when a majority has them. Nothing is kept back here while the server is away: that is the event log's task.
 */
export async function connectMongo(url: string, answerMs = ANSWER_MS): Promise<Connection> {
  const connection = mongoose.createConnection(url, {
    serverSelectionTimeoutMS: 2_000,
    connectTimeoutMS: 2_000,
    socketTimeoutMS: answerMs,
    waitQueueTimeoutMS: 2_000,
    maxPoolSize: 20,
    // The driver would ask again after the limit, for as long again.
    retryReads: false,
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: answerMs },
    readPreference: 'primary',
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
  })
  try {
    return await connection.asPromise()
  } catch (error) {
    await connection.close(true).catch(() => {})
    throw awayOr(error)
  }
}

/** Connects and makes what indexes are missing, which on a large archive takes longer than any answer may. Rejects if there is no server. */
export async function openMongo(
  url: string,
  models: (connection: Connection) => Readonly<Record<string, { createIndexes(): Promise<void> }>> = modelsOn,
): Promise<Connection> {
  const setup = await connectMongo(url, SETUP_MS)
  try {
    for (const model of Object.values(models(setup))) await model.createIndexes()
  } finally {
    await setup.close(true)
  }
  return connectMongo(url)
}
