import type { StudyHub } from '#client/types.ts'
import { isRefusal } from '#schemas/refusals.ts'

type Faces = { faces: { id: string; image: string | null }[] }

/** As many as the server answers at once. */
const AT_ONCE = 60
const GATHER_MS = 30

let waiting = new Map<string, PromiseWithResolvers<string | null>>()

/** Somebody's image; those who are asked for within a moment are asked for together. */
export function faceOf(hub: StudyHub, id: string): Promise<string | null> {
  if (waiting.size === 0) setTimeout(() => void ask(hub), GATHER_MS)
  const known = waiting.get(id)
  if (known) return known.promise
  const one = Promise.withResolvers<string | null>()
  waiting.set(id, one)
  return one.promise
}

async function ask(hub: StudyHub): Promise<void> {
  const asked = [...waiting]
  waiting = new Map()
  for (let i = 0; i < asked.length; i += AT_ONCE) {
    const part = asked.slice(i, i + AT_ONCE)
    const answer = await hub.api.get<Faces>('/api/people/faces', { ids: part.map(([id]) => id).join() })
    const images = new Map(isRefusal(answer) ? [] : answer.faces.map(({ id, image }) => [id, image]))
    for (const [id, one] of part) one.resolve(images.get(id) ?? null)
  }
}
