import { type NodeLink, NodeUnreachable } from '../ports/nodeLink.ts'

/** The link of a node that is alone: nobody to tell, nobody to ask. */
export const aloneLink = (): NodeLink => ({
  alone: true,
  answer: () => undefined,
  hear: () => () => undefined,
  open: async () => undefined,
  ask: async (node) => {
    throw new NodeUnreachable(`there is no node ${node}`)
  },
  tell: () => undefined,
  tellAll: () => undefined,
  close: async () => undefined,
})
