import { closedPicker, failureOf } from './failures.ts'
import type { MediaPlatform } from './platform.ts'
import type { DeviceFailure } from './types.ts'

export type Picked = { readonly screen: MediaStreamTrack; readonly sound: MediaStreamTrack | null }

/** The browser's picker of screens. Null: the person closed it. */
export async function pickScreen(
  platform: MediaPlatform,
  detail: 'text' | 'motion',
  sound: boolean,
): Promise<Picked | DeviceFailure | null> {
  const devices = platform.devices()
  if (!devices) return 'insecure'
  // Phones have devices, but no screen to share.
  if (!devices.getDisplayMedia) return 'none'
  try {
    const stream = await devices.getDisplayMedia({
      video: { frameRate: { ideal: detail === 'text' ? 10 : 30, max: detail === 'text' ? 15 : 30 } },
      // What is shared is played elsewhere as it is: nothing of what makes speech clear.
      audio: sound ? { echoCancellation: false, noiseSuppression: false, autoGainControl: false } : false,
    })
    const screen = stream.getVideoTracks()[0]
    if (!screen) return 'none'
    screen.contentHint = detail === 'text' ? 'text' : 'motion'
    const heard = stream.getAudioTracks()[0] ?? null
    if (heard) heard.contentHint = 'music'
    return { screen, sound: heard }
  } catch (error) {
    return closedPicker(error) ? null : failureOf(error)
  }
}
