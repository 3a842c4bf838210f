import type { Devices, MediaPlatform } from '../media/platform.ts'
import { fakeHandler } from './modelMedia.ts'

/** As much of a track as the client core uses, with the hand of whoever pulls the plug. */
export class FakeTrack extends EventTarget {
  readonly id: string
  readonly kind: 'audio' | 'video'
  enabled = true
  muted = false
  contentHint = ''
  readyState: 'live' | 'ended' = 'live'

  constructor(kind: 'audio' | 'video', id: string) {
    super()
    this.kind = kind
    this.id = id
  }
  /** By the page: no event. */
  stop(): void {
    this.readyState = 'ended'
  }
  /** By the device or the browser. */
  end(): void {
    this.readyState = 'ended'
    this.dispatchEvent(new Event('ended'))
  }
  getSettings(): MediaTrackSettings {
    return {}
  }
}

const asTrack = (track: FakeTrack): MediaStreamTrack => track as unknown as MediaStreamTrack

/** Devices that give what they are told to. */
export class FakeDevices extends EventTarget {
  readonly tracks: FakeTrack[] = []
  readonly asked: MediaStreamConstraints[] = []
  plugged = [
    { kind: 'audioinput', deviceId: 'mic1', label: 'Desk microphone' },
    { kind: 'audioinput', deviceId: 'mic2', label: 'Headset' },
    { kind: 'videoinput', deviceId: 'cam1', label: 'Camera' },
  ]
  /** Name of the error that opening ends with. */
  error: string | null = null
  errorMessage = ''
  gate: () => Promise<void> = async () => {}

  async getUserMedia(constraints: MediaStreamConstraints = {}): Promise<MediaStream> {
    this.asked.push(constraints)
    await this.gate()
    if (this.error) throw new DOMException(this.errorMessage, this.error)
    const wanted = constraints.audio ?? constraints.video
    const exact = typeof wanted === 'object' ? (wanted.deviceId as { exact: string } | undefined)?.exact : undefined
    if (exact !== undefined && !this.plugged.some(({ deviceId }) => deviceId === exact))
      throw new DOMException('', 'OverconstrainedError')
    return this.#stream(constraints.audio ? ['audio'] : ['video'])
  }
  async getDisplayMedia(options: DisplayMediaStreamOptions = {}): Promise<MediaStream> {
    await this.gate()
    if (this.error) throw new DOMException(this.errorMessage, this.error)
    return this.#stream(options.audio ? ['video', 'audio'] : ['video'])
  }
  async enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return this.plugged as MediaDeviceInfo[]
  }
  get live(): FakeTrack[] {
    return this.tracks.filter(({ readyState }) => readyState === 'live')
  }

  #stream(kinds: ('audio' | 'video')[]): MediaStream {
    const tracks = kinds.map((kind) => new FakeTrack(kind, `track${this.tracks.length}-${kind}`))
    this.tracks.push(...tracks)
    const of = (kind: string) => tracks.filter((track) => track.kind === kind).map(asTrack)
    const stream: Pick<MediaStream, 'getTracks' | 'getAudioTracks' | 'getVideoTracks'> = {
      getTracks: () => tracks.map(asTrack),
      getAudioTracks: () => of('audio'),
      getVideoTracks: () => of('video'),
    }
    return stream as MediaStream
  }
}

export class FakePlatform implements MediaPlatform {
  readonly handler = fakeHandler
  readonly fake = new FakeDevices()
  insecure = false
  #watchers = new Set<() => void>()

  devices(): Devices | null {
    return this.insecure ? null : (this.fake as unknown as Devices)
  }
  onNetworkChange(changed: () => void): () => void {
    this.#watchers.add(changed)
    return () => void this.#watchers.delete(changed)
  }
  changeNetwork(): void {
    for (const changed of this.#watchers) changed()
  }
  get watchers(): number {
    return this.#watchers.size
  }
}
