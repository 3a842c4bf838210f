import type { Handlers, Turns, Who } from '#rooms/place/types.ts'
import type { mediaMessages } from '#schemas/messages/media.ts'
import { isRefusal } from '#schemas/refusals.ts'
import { decideRelease } from '../screen/screen.rules.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { decideAllowMember, decideMuteMembers, decideStopMember } from './media.rules.ts'
import type { RoomMedia } from './roomMedia.ts'

/** Frees the screen of who has stopped showing it himself. */
const release = (who: Who, turns: Turns<StudyPlace>) =>
  turns.command((place, at) =>
    place.state.screen.owner === who.userId ? decideRelease(place, who, {}, at) : { events: [], reply: {} },
  )

export const mediaHandlers = (media: RoomMedia): Handlers<typeof mediaMessages, Turns<StudyPlace>> => ({
  'media.join': (who) => media.join(who),
  'media.leave': async (who, _payload, turns) => {
    media.drop(who.session)
    return release(who, turns)
  },
  'media.createTransport': (who, payload) => media.request(who, 'media.createTransport', payload),
  'media.connectTransport': (who, payload) => media.request(who, 'media.connectTransport', payload),
  'media.restartIce': (who, payload) => media.request(who, 'media.restartIce', payload),
  'media.produce': (who, payload) => media.produce(who, payload),
  'media.setPaused': (who, payload) => media.setPaused(who, payload),
  'media.stop': async (who, { source }, turns) => {
    media.stop(who.session, source)
    return source === 'screen' ? release(who, turns) : {}
  },
  'media.setDeafened': async (who, { on }) => media.setDeafened(who, on),
  'media.consume': (who, payload) => media.request(who, 'media.consume', payload),
  'media.setConsumers': (who, payload) => media.request(who, 'media.setConsumers', payload),
  'media.closeConsumers': (who, payload) => media.request(who, 'media.closeConsumers', payload),
  'media.muteMembers': async (who, payload, turns) => {
    const targets = decideMuteMembers(turns.place, who, payload)
    return isRefusal(targets) ? targets : { muted: media.mute(targets, who) }
  },
  'media.allowMember': (who, payload, turns) =>
    turns.command((place, at) => decideAllowMember(place, who, payload, at)),
  'media.stopMember': async (who, payload, turns) => {
    const decided = await turns.command((place, at) => decideStopMember(place, who, payload, at))
    if (!isRefusal(decided)) media.stopOf(payload.userId, payload.source, who)
    return decided
  },
})
