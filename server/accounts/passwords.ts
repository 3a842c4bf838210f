import { hash, verify } from '@node-rs/argon2'

// argon2id is the library's default algorithm. 19 MiB and two passes: about 12 ms of one core each.
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

/** False also for a stored hash that is none. */
export async function verifyPassword({ hash: stored, password }: { hash: string; password: string }): Promise<boolean> {
  try {
    return await verify(stored, password)
  } catch {
    return false
  }
}
