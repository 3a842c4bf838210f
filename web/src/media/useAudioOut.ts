import { useEffect } from 'react'
import type { MediaHandle } from '#client/media/types.ts'
import { AudioOut } from './AudioOut.ts'
import { mediaScreen, showOfMedia } from './mediaScreen.ts'
import { volumeOf, volumes } from './volumes.ts'

/** Plays all that is heard here, as loud as each is wanted, on the chosen speaker. */
export function useAudioOut(media: MediaHandle): void {
  useEffect(() => {
    const out = new AudioOut((silent) => {
      if (mediaScreen.get().silent !== silent) showOfMedia({ silent })
    })
    const sync = () => {
      const { remote, deafened } = media.view.get()
      const heard = remote.flatMap(({ userId, source, track }) =>
        track?.kind === 'audio'
          ? [{ key: `${userId} ${source}`, track, volume: volumeOf(volumes.get(), userId) / 100 }]
          : [],
      )
      out.sync(heard, { muted: deafened, speaker: media.devices.get().chosen.speaker })
    }
    const stops = [media.view, volumes, media.devices].map((store) => store.subscribe(sync))
    sync()
    const retry = () => out.retry()
    addEventListener('pointerup', retry)
    addEventListener('keyup', retry)
    return () => {
      for (const stop of stops) stop()
      removeEventListener('pointerup', retry)
      removeEventListener('keyup', retry)
      out.close()
    }
  }, [media])
}
