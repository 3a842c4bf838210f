import { memoryStorage } from '../keyValue.ts'
import { RoomMedia } from '../media/roomMedia.ts'
import type { MediaView, RemoteSource } from '../media/types.ts'
import { setUp } from '../options.ts'
import { FakePlatform } from './fakeDevices.ts'
import { HandTimers } from './handTimers.ts'
import { ModelMedia } from './modelMedia.ts'

/** A client's media with a model of the room, fake devices and time that moves by hand. */
export function mediaScene(...others: string[]) {
  const model = new ModelMedia('me', ...others)
  const platform = new FakePlatform()
  const timers = new HandTimers()
  const storage = memoryStorage()
  const setup = setUp({ origin: 'http://127.0.0.1', storage, timers, media: platform, random: () => 0.5 })
  const media = new RoomMedia({ setup, me: 'me', request: model.request, state: () => model.state })
  model.patched = () => media.patched()
  media.attach(model.connect('s1'))
  const view = (): MediaView => media.view.get()
  return {
    model,
    platform,
    devices: platform.fake,
    timers,
    storage,
    media,
    view,
    remote: (userId: string, source: string): RemoteSource | undefined =>
      view().remote.find((remote) => remote.userId === userId && remote.source === source),
    own: (source: string) => view().own.find((own) => own.source === source),
  }
}
