import type { Handlers, Turns } from '#rooms/place/types.ts'
import type { mediaMessages } from '#schemas/messages/media.ts'
import { refuse } from '#schemas/refusals.ts'
import type { StudyPlace } from '../studyPlace.ts'

const none = async () => refuse('no_media')

/** This node has no SFU yet. */
export const mediaHandlers: Handlers<typeof mediaMessages, Turns<StudyPlace>> = {
  'media.join': none,
  'media.leave': none,
  'media.createTransport': none,
  'media.connectTransport': none,
  'media.restartIce': none,
  'media.produce': none,
  'media.setPaused': none,
  'media.stop': none,
  'media.setDeafened': none,
  'media.consume': none,
  'media.setConsumers': none,
  'media.closeConsumers': none,
  'media.muteMembers': none,
  'media.stopMember': none,
}
