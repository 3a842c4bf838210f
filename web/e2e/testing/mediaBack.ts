import { eventually } from './eventually.ts'
import type { Person } from './Person.ts'
import { connectionsMade, received } from './rtcStats.ts'

const BACK_MS = 90_000

/** Resolves when this person hears and sees somebody over a connection that was not there before. */
async function isBack({ page }: Person, before: number): Promise<void> {
  const flowing = async () => {
    const flows = (await received(page)).filter(({ connection }) => connection >= before)
    return [
      flows.some((f) => f.kind === 'video' && f.frames > 0),
      flows.some((f) => f.kind === 'audio' && f.energy > 0),
    ]
  }
  await eventually(flowing, [true, true], BACK_MS)
}

/** Breaks something, and says after how many milliseconds all hear and see each other again. */
export async function returns(people: readonly Person[], breaks: () => Promise<unknown> | unknown): Promise<number> {
  const before = await Promise.all(people.map(({ page }) => connectionsMade(page)))
  const at = performance.now()
  await breaks()
  await Promise.all(people.map((person, i) => isBack(person, before[i] ?? 0)))
  return performance.now() - at
}
