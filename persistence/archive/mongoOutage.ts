import mongoose, { mongo } from 'mongoose'
import { StoreUnavailable } from '../ports/storeUnavailable.ts'

const OUTAGES = [
  mongo.MongoNetworkError,
  mongo.MongoServerSelectionError,
  mongo.MongoNotConnectedError,
  mongo.MongoWriteConcernError,
  mongoose.Error.MongooseServerSelectionError,
]

/** What no server has answered is an outage; an answer stays as it is. */
export function awayOr(error: unknown): unknown {
  if (!isAway(error)) return error
  return new StoreUnavailable('the archive is away', { cause: error })
}

function isAway(error: unknown): boolean {
  if (OUTAGES.some((outage) => error instanceof outage)) return true
  // A bulk without the fault of any write broke off on its way.
  if (error instanceof mongo.MongoBulkWriteError && [error.writeErrors].flat().length === 0) return true
  // The driver does not export the error of a wait for a free socket.
  if (error instanceof Error && error.name === 'MongoWaitQueueTimeoutError') return true
  // So the driver marks what a new primary will take.
  return error instanceof mongo.MongoError && error.hasErrorLabel('RetryableWriteError')
}

/** The same port, whose outages are told as a port tells them. */
export function tellingOutages<P extends object>(port: P): P {
  const methods = Object.entries(port).map(([name, method]: [string, (...given: never[]) => Promise<unknown>]) => [
    name,
    (...given: never[]) =>
      method(...given).catch((error: unknown) => {
        throw awayOr(error)
      }),
  ])
  return Object.fromEntries(methods) as P
}
