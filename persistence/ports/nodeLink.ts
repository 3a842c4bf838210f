/**
 * The way from node to node. What is told is a hint that may be lost (I13): whoever depends on it compares numbers as well.
 * What is asked is answered or rejects; then it may have been carried out all the same, and is repeated only if that is safe.
 * Payloads are JSON. Notes and questions that a node does not know (it may be of another release) are passed over or refused.
 */
export interface NodeLink {
  /** There can be no other node. */
  readonly alone: boolean
  /** The node's handler for a question; one per question. */
  answer(question: string, handle: (payload: unknown) => Promise<unknown>): void
  /** Called for every note of this name from another node; answers how to stop. */
  hear(note: string, heard: (payload: unknown, from: string) => void): () => void
  /** Begins to hear and answer under this node's name. Resolves when nothing told from now on is missed. */
  open(node: string): Promise<void>
  /** Rejects with `NodeUnreachable` when the node is not there, does not answer in time, or could not. */
  ask(node: string, question: string, payload: unknown): Promise<unknown>
  tell(node: string, note: string, payload: unknown): void
  /** Tells every other node. */
  tellAll(note: string, payload: unknown): void
  close(): Promise<void>
}

/** The node is not there, did not answer in time, or failed. What was asked of it may have happened. */
export class NodeUnreachable extends Error {
  override readonly name = 'NodeUnreachable'
}
