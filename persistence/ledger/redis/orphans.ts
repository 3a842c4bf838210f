import type { LedgerContext } from './context.ts'

const PAGE = 200
/** A claim that began before its node's death ends long before this; then an entry that does not hold never will. */
const SETTLED_AFTER_MS = 30_000

type Entry = { readonly member: string; readonly place: string; readonly node: string }

const entryOf = (member: string): Entry => {
  const at = member.lastIndexOf('\0')
  return { member, place: member.slice(0, at), node: member.slice(at + 1) }
}

/**
 * What dead nodes held and nobody has claimed since, ascending above `after`. The list is written at a node's death and
 * holds more than that; the place's own record decides. Entries that are over are taken out in passing.
 */
export async function orphansOf({ keys, line }: LedgerContext, after: string, limit: number): Promise<string[]> {
  const found: string[] = []
  let from = after === '' ? '-' : `[${after}\x01`
  while (found.length < limit) {
    const command = ['ZRANGEBYLEX', keys.orphans, from, '+', 'LIMIT', 0, PAGE] as const
    const entries = ((await line.call(command)) as string[]).map(entryOf)
    const records = (await line.all(
      entries.map(({ place }) => ['HMGET', keys.record(place), 'owner', 'head', 'ended'] as const),
    )) as [string | null, string | null, string | null][]
    const over: Entry[] = []
    for (const [i, entry] of entries.entries()) {
      const [owner, head, ended] = records[i] ?? [null, null, null]
      if (owner !== entry.node) over.push(entry)
      else if (Number(head ?? 0) > 0 && ended === null) found.push(entry.place)
    }
    await takeOut(over)
    const last = entries.at(-1)
    if (!last || entries.length < PAGE) break
    from = `(${last.member}`
  }
  return found.slice(0, limit)

  async function takeOut(over: readonly Entry[]): Promise<void> {
    if (over.length === 0) return
    const nodes = [...new Set(over.map(({ node }) => node))]
    const [deaths, time] = (await line.all([
      ['ZMSCORE', keys.dead, ...nodes],
      ['GET', keys.clock],
    ])) as [(string | null)[], string | null]
    const settled = new Set(nodes.filter((_, i) => Number(deaths[i] ?? 0) < Number(time) - SETTLED_AFTER_MS))
    const gone = over.filter(({ node }) => settled.has(node)).map(({ member }) => member)
    if (gone.length > 0) await line.call(['ZREM', keys.orphans, ...gone])
  }
}
