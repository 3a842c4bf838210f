import type { MediaRequest } from '#media/ports/media.ts'
import type { Payload, Reply } from '#schemas/messages/catalogue.ts'
import type { mediaMessages } from '#schemas/messages/media.ts'
import type { Refusal } from '#schemas/refusals.ts'
import type { Peer } from './peer.ts'

/** How one kind of request is answered; runs in the peer's turn. */
export type Answering<K extends MediaRequest> = (
  peer: Peer,
  payload: Payload<typeof mediaMessages, K>,
) => Promise<Reply<typeof mediaMessages, K> | Refusal>
