import { afterAll, afterEach, beforeAll } from 'vitest'
import { House } from './House.ts'

/** Opens a house (its server with these settings too, its browser with these flags too) for the file's tests and clears up after each. */
export function houseForFile(env: Readonly<Record<string, string>> = {}, flags: readonly string[] = []): () => House {
  let house: House | undefined
  beforeAll(async () => {
    house = await House.open(env, flags)
  })
  afterEach(async ({ task }) => {
    await house?.endTest(task.name, task.result?.state === 'fail')
  })
  afterAll(async () => {
    await house?.close()
  })
  return () => {
    if (!house) throw new Error('the house opens before the first test')
    return house
  }
}
