import { type NodeLink, NodeUnreachable } from '#persistence/ports/nodeLink.ts'

type Node = {
  readonly answers: Map<string, (payload: unknown) => Promise<unknown>>
  readonly ears: Map<string, Set<(payload: unknown, from: string) => void>>
}

/** Links between nodes of one test: what travels is copied as JSON, at once; a node that was cut off is not there. */
export function linkBus() {
  const nodes = new Map<string, Node>()
  const carry = (payload: unknown): unknown => JSON.parse(JSON.stringify(payload) ?? 'null')
  const asked: string[] = []

  function join(name: string): NodeLink {
    const self: Node = { answers: new Map(), ears: new Map() }
    nodes.set(name, self)
    const tell = (to: Node | undefined, note: string, payload: unknown) => {
      for (const heard of to?.ears.get(note) ?? []) heard(carry(payload), name)
    }
    return {
      alone: false,
      answer: (question, handle) => void self.answers.set(question, handle),
      hear(note, heard) {
        const set = self.ears.get(note) ?? new Set()
        self.ears.set(note, set.add(heard))
        return () => void set.delete(heard)
      },
      open: async () => undefined,
      async ask(node, question, payload) {
        asked.push(`${name} asks ${node}`)
        const handle = nodes.get(node)?.answers.get(question)
        if (!handle) throw new NodeUnreachable(`there is no node ${node}`)
        try {
          return carry(await handle(carry(payload)))
        } catch (error) {
          throw new NodeUnreachable(String(error))
        }
      },
      tell: (node, note, payload) => tell(nodes.get(node), note, payload),
      tellAll(note, payload) {
        if (nodes.get(name) !== self) return
        for (const [other, node] of nodes) if (other !== name) tell(node, note, payload)
      },
      close: async () => undefined,
    }
  }
  return {
    join,
    cut: (node: string) => void nodes.delete(node),
    /** Every question that was asked, in order. */
    asked,
  }
}
