import type { NodeLink } from '#persistence/ports/nodeLink.ts'
import type { Directory } from '#rooms/directory/directory.ts'
import { realTimers, type Timers } from '#rooms/place/timers.ts'
import type { RoomCard } from '#schemas/messages/lobby.ts'

/** The whole directory goes out this often, so that nothing depends on a change that was lost (§5.7, I13). */
const WHOLE_MS = 2000
/** A node that has been silent for so long is left out. */
const SILENT_MS = 6000

type Whole = { readonly cards: readonly RoomCard[]; readonly online: number }
type Change = { readonly changed: readonly RoomCard[]; readonly ended: readonly string[] }

/** Shows this node's live rooms to the others and theirs here. Returns how to stop. */
export function linkDirectory(
  directory: Directory,
  link: Pick<NodeLink, 'hear' | 'tellAll' | 'alone'>,
  online: () => number,
  timers: Timers = realTimers,
): () => void {
  if (link.alone) return () => undefined
  const heardAt = new Map<string, number>()
  const stops = [
    link.hear('directory', (note, from) => {
      heardAt.set(from, timers.monotonic())
      const { cards, online: users } = note as Whole
      directory.showFar(from, cards, users)
    }),
    link.hear('directory.changed', (note, from) => {
      if (heardAt.has(from)) directory.changeFar(from, (note as Change).changed, (note as Change).ended)
    }),
    directory.watchOwn(({ changed, ended }) => {
      const note: Change = { changed: [...changed.values()], ended: [...ended] }
      link.tellAll('directory.changed', note)
    }),
  ]
  const round = () => {
    const whole: Whole = { cards: directory.own(), online: online() }
    link.tellAll('directory', whole)
    for (const [node, at] of heardAt) {
      if (timers.monotonic() - at < SILENT_MS) continue
      heardAt.delete(node)
      directory.showFar(node, [], 0)
    }
    cancel = timers.after(WHOLE_MS, round)
  }
  let cancel = timers.after(0, round)
  return () => {
    cancel()
    // Whoever looks need not wait until this node counts as silent.
    link.tellAll('directory', { cards: [], online: 0 } satisfies Whole)
    for (const stop of stops) stop()
  }
}
