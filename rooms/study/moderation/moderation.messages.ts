import type { Handlers, Turns } from '#rooms/place/types.ts'
import type { memberMessages } from '#schemas/messages/study.ts'
import type { StudyPlace } from '../studyPlace.ts'
import { decideBan, decideKick, decideLetBack, decideMute, decideWarn, records } from './moderation.rules.ts'

type Own = 'member.warn' | 'member.kick' | 'member.ban' | 'member.letBack' | 'member.mute' | 'member.records'

export const moderationHandlers: Pick<Handlers<typeof memberMessages, Turns<StudyPlace>>, Own> = {
  'member.warn': (who, payload, turns) => turns.command((place, at) => decideWarn(place, who, payload, at)),
  'member.kick': (who, payload, turns) => turns.command((place, at) => decideKick(place, who, payload, at)),
  'member.ban': (who, payload, turns) => turns.command((place, at) => decideBan(place, who, payload, at)),
  'member.letBack': (who, payload, turns) => turns.command((place, at) => decideLetBack(place, who, payload, at)),
  'member.mute': (who, payload, turns) => turns.command((place, at) => decideMute(place, who, payload, at)),
  'member.records': async (who, _payload, turns) => records(turns.place, who, { now: turns.now() }),
}
