import i18next from 'i18next'
import type { MediaHandle } from '#client/media/types.ts'
import type { StudyHandle } from '#client/types.ts'
import { tell } from '../common/notices.ts'
import { sayRefusal } from '../common/say.ts'
import { tellOutcome } from './explain.ts'
import { showOfMedia } from './mediaScreen.ts'
import { prefer, preferences } from './preferences.ts'
import { micRule } from './rules.ts'

const own = (media: MediaHandle, source: 'microphone' | 'camera' | 'screen') =>
  media.view.get().own.find((one) => one.source === source)

export const micIsOn = (media: MediaHandle): boolean => own(media, 'microphone')?.muted === false

/** By one click; the first time on this device it asks which microphone. */
export async function enterVoice(room: StudyHandle): Promise<void> {
  if (preferences.get().met) await goIn(room)
  else showOfMedia({ devices: 'join' })
}

/** Into the voice as this device likes it: muted, or speaking where the room lets one. */
export async function goIn(room: StudyHandle): Promise<void> {
  const { media } = room
  const refusal = await media.join()
  if (refusal?.refused === 'full')
    return tell({ color: 'red', message: i18next.t('media:voice.full', { count: room.state.media.places }) })
  if (refusal?.details?.['why'] === 'busy') return tell({ color: 'red', message: i18next.t('media:voice.busy') })
  if (refusal) return sayRefusal(refusal.refused)
  const { joinMuted, pushToTalk } = preferences.get()
  if (!joinMuted && !pushToTalk && micRule(room.state, room.me, room.now()) === 'free')
    tellOutcome('microphone', await media.setMicrophone(true))
}

export async function toggleMicrophone(media: MediaHandle): Promise<void> {
  tellOutcome('microphone', await media.setMicrophone(!micIsOn(media)))
}

export async function toggleCamera(media: MediaHandle): Promise<void> {
  tellOutcome('camera', await media.setCamera(own(media, 'camera') === undefined))
}

export const toggleEars = (media: MediaHandle): Promise<void> => media.setDeafened(!media.view.get().deafened)

/** From a click or a key only: the browser asks which screen. */
export async function shareScreen(media: MediaHandle, detail = preferences.get().detail): Promise<void> {
  prefer({ detail })
  tellOutcome('screen', await media.shareScreen({ detail, sound: preferences.get().sound }))
}

export async function toggleScreen(media: MediaHandle): Promise<void> {
  if (own(media, 'screen')) await media.stopScreen()
  else await shareScreen(media)
}

/** From now on one is heard only while the key is held: what speaks is muted. */
export async function setPushToTalk(media: MediaHandle, on: boolean): Promise<void> {
  prefer({ pushToTalk: on })
  if (on && micIsOn(media)) await media.setMicrophone(false)
}
