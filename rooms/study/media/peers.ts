import type { MediaSource } from '#schemas/media/sources.ts'
import type { Member } from '#schemas/state/memberState.ts'
import type { StudyPlace } from '../studyPlace.ts'

/**
 * One connection in the room's media, as its SFU has told. Live: kept beside the state and shown by `showMedia`, which is a turn
 * later at most; what may be published is decided on this.
 */
export type Peer = {
  readonly userId: string
  /** The SFU has let it in; before that it only holds its place. */
  in: boolean
  deafened: boolean
  level: number
  readonly producers: Map<MediaSource, { readonly id: string; paused: boolean }>
}

export const newPeer = (userId: string): Peer => ({
  userId,
  in: false,
  deafened: false,
  level: 0,
  producers: new Map(),
})

/** What is shown of the media as a whole. */
export type MediaShown = {
  readonly unavailable: string
  readonly places: number
  readonly epoch: number
  /** Session of who is heard. */
  readonly speaker: string | null
}

/** Call inside `Turns.live`. Shows the peers on their members' seats; what is as it was goes into no patch. */
export function showMedia({ state, hidden }: StudyPlace, { speaker, ...shown }: MediaShown): void {
  const of = (session: string | null | undefined) => hidden.peers.get(session ?? '')
  state.media.assign({ ...shown, speaker: of(speaker)?.userId ?? '' })
  for (const [userId, member] of state.members) {
    const peer = of(hidden.sessions.get(userId))
    showPeer(member, peer?.in ? peer : undefined)
  }
}

function showPeer(member: Member, peer: Peer | undefined): void {
  member.assign({
    inMedia: peer !== undefined,
    deafened: peer?.deafened ?? false,
    level: peer?.level ?? 0,
    micMuted: peer?.producers.get('microphone')?.paused ?? false,
  })
  for (const source of [...member.producers.keys()])
    if (!peer?.producers.has(source as MediaSource)) member.producers.delete(source)
  for (const [source, { id }] of peer?.producers ?? [])
    if (member.producers.get(source) !== id) member.producers.set(source, id)
}
