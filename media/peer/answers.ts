import type { MediaRequest } from '#media/ports/media.ts'
import type { Answering } from './answering.ts'
import { closeConsumers } from './closeConsumers.ts'
import { connectTransport } from './connectTransport.ts'
import { consume } from './consume.ts'
import { createTransport } from './createTransport.ts'
import { produce } from './produce.ts'
import { restartIce } from './restartIce.ts'
import { setConsumers } from './setConsumers.ts'

/** Every request that the SFU answers. */
export const answers: { readonly [K in MediaRequest]: Answering<K> } = {
  'media.createTransport': createTransport,
  'media.connectTransport': connectTransport,
  'media.restartIce': restartIce,
  'media.produce': produce,
  'media.consume': consume,
  'media.setConsumers': setConsumers,
  'media.closeConsumers': closeConsumers,
}
