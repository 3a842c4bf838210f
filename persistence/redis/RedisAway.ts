/** Redis did not answer in time, cannot be reached, or cannot write now. Whether a write happened is not known. */
export class RedisAway extends Error {
  override readonly name = 'RedisAway'
}

/** Replies of a server that is there and cannot serve now; every other error reply is a bug of ours. */
const AWAY =
  /^(LOADING|CLUSTERDOWN|MASTERDOWN|READONLY|OOM|MISCONF|BUSY|TRYAGAIN|NOREPLICAS|MOVED|ASK|UNKILLABLE|NOAUTH|WRONGPASS)\b/

/** What the driver rejects with, told apart: what are bugs of ours stays as it is, all else is `RedisAway`. */
export function redisError(error: unknown): Error {
  if (!(error instanceof Error)) return new RedisAway(String(error))
  if (error instanceof RedisAway) return error
  const bug =
    error.name === 'ReplyError' ? !AWAY.test(error.message) : error instanceof TypeError || error instanceof RangeError
  return bug ? error : new RedisAway(error.message, { cause: error })
}
