/** Questions under way above which the next askers wait and share one. */
const ALONE = 2
const MOST_KEYS = 64

/**
 * One question for many askers, where many come at once: who asks while enough questions are under way goes, with all who came
 * meanwhile, into the next one. So every answer is asked for after its asker has come, and nothing is remembered. A question that
 * fails fails for all whose it was.
 */
export function gathered<V>(
  ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): (key: string) => Promise<V | undefined> {
  type Asker = { readonly key: string; resolve(answer: V | undefined): void; reject(error: unknown): void }
  const waiting: Asker[] = []
  let underWay = 0

  async function next(): Promise<void> {
    const those = waiting.splice(0, MOST_KEYS)
    underWay++
    try {
      const answers = await ask([...new Set(those.map(({ key }) => key))])
      for (const { key, resolve } of those) resolve(answers.get(key))
    } catch (error) {
      for (const { reject } of those) reject(error)
    } finally {
      underWay--
      if (waiting.length > 0) void next()
    }
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      if (underWay < ALONE) void next()
    })
}
